"""Changes of a result by hand: a choice among equals costs nothing, an override what it costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.domain.by_hand import ByHand
from models.domain.explanation import Change, WhyNot
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.answers.pins import with_dropped
from solver.judge.verify import claims_of, facts_of
from solver.levels import TIE_RULE
from solver.modes import searched_mode
from solver.questions.anew import with_pin
from solver.report import report
from solver.rulebook import choose_rules


class CannotBeChosenError(Exception):
    """The pair is none that can be chosen in this way: `answer` says why."""

    def __init__(self, answer: WhyNot) -> None:
        super().__init__(answer.because)
        self.answer = answer


@dataclass(frozen=True)
class Override:
    """A round with a pair more pinned, its result, and what the pin costs each level."""

    problem: Problem
    result: MatchResult
    losses: dict[str, int]


def choose_among_equals(problem: Problem, result: MatchResult, answer: WhyNot) -> MatchResult:
    """The result with a tied pair made by its chain: audited, told anew, and recorded.

    It is proved at every level as before but for the tie rule, whose value falls below its
    bound. Raises `CannotBeChosenError` for a pair that is not tied.
    """
    if answer.verdict != "tied" or answer.change is None:
        raise CannotBeChosenError(answer)
    choice = _recorded("tie_choice", result, answer, {})
    pairs = _after(result, answer.change)
    made = {(pair.mentor, pair.mentee) for pair in pairs}
    earlier = [one for one in result.run.by_hand if (one.mentor, one.mentee) in made]
    facts = facts_of(result).model_copy(update={"by_hand": (*earlier, choice)})
    claims = [
        # What an engine said of the draw, it said of the pairs that the draw had chosen.
        claim.model_copy(update={"engine": None}) if claim.name == TIE_RULE else claim
        for claim in claims_of(result)
    ]
    rules = choose_rules(problem.policy)
    told = report(problem, rules, pairs, claims, facts, issues=result.issues)
    # What is equal at every level costs as much in fairness.
    return told.model_copy(update={"price_of_fairness": result.price_of_fairness})


def override(
    problem: Problem,
    result: MatchResult,
    answer: WhyNot,
    solve: Callable[[Problem], MatchResult],
) -> Override:
    """The round with the pair pinned, solved again, with what that costs beside it.

    Choices among equals are drawn anew; earlier overrides are pins by now and stay. Raises
    `CannotBeChosenError` where the pair cannot be forced, or where the time ran out.
    """
    if answer.change is None:
        raise CannotBeChosenError(answer)
    pinned = with_pin(problem, answer.mentor, answer.mentee)
    solved = solve(pinned)
    losses = _losses(result, solved)
    # A level that was searched for was held when the pair was asked about; now it may give way.
    given_way = searched_mode(problem.policy) is not None and solved.run.solve_status == "optimal"
    if losses != answer.change.losses and not given_way:
        because = "the best answer with this pair was not proved in the time given"
        unknown = answer.model_copy(update={"verdict": "unknown", "because": because})
        raise CannotBeChosenError(unknown)
    kept = [one for one in result.run.by_hand if one.kind == "override"]
    by_hand = (*kept, _recorded("override", result, answer, losses))
    run = solved.run.model_copy(update={"by_hand": by_hand})
    issues = with_dropped(result.issues, pinned, solved.dropped_pins)
    told = solved.model_copy(update={"run": run, "issues": issues})
    return Override(pinned, told, losses)


def with_overrides(problem: Problem, result: MatchResult) -> Problem:
    """The round that a result is of, told from the one before any override: each is a pin."""
    for one in result.run.by_hand:
        if one.kind == "override":
            problem = with_pin(problem, one.mentor, one.mentee)
    return problem


def _after(result: MatchResult, change: Change) -> list[Pair]:
    """The pairs once everybody in the change has moved."""
    moving = {move.reference: move.after for move in change.moves if move.role == "mentee"}
    staying = [pair for pair in result.pairs if pair.mentee not in moving]
    return staying + [
        Pair(mentor=mentor, mentee=mentee)
        for mentee, mentors in moving.items()
        for mentor in mentors
    ]


def _recorded(kind: str, result: MatchResult, answer: WhyNot, losses: dict[str, int]) -> ByHand:
    return ByHand.model_validate(
        {
            "kind": kind,
            "mentor": answer.mentor,
            "mentee": answer.mentee,
            "losses": losses,
            "instead_of": result.certificate.digest,
        }
    )


def _losses(before: MatchResult, after: MatchResult) -> dict[str, int]:
    values = {level.name: level.value for level in after.levels}
    return {
        level.name: level.value - values[level.name]
        for level in before.levels
        if level.name != TIE_RULE and level.name in values
    }
