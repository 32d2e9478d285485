"""What forcing a pair costs, by solving the round again with the pair pinned."""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.explanation import Change, Interval, WhyNot
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import LevelResult, MatchResult
from solver.answers.conflicts import conflict_in_words
from solver.levels import LEVELS, TIE_RULE
from solver.limits import Limits
from solver.questions.changes import Made, Standing
from solver.questions.words import change_in_words, losses_in_words
from solver.rulebook import choose_rules
from solver.solve import solve_matching


def forced_anew(
    problem: Problem, result: MatchResult, mentor: str, mentee: str, limits: Limits
) -> WhyNot:
    """The verdict on an eligible pair that is not made, from a solve of its own.

    What is not proved in the time given is `unknown`, with an interval for each level.
    """
    forced = solve_matching(with_pin(problem, mentor, mentee), limits)
    found = WhyNot(
        mentor=mentor, mentee=mentee, verdict="infeasible_if_forced", because="", verified=True
    )
    if forced.conflict:
        conflict = conflict_in_words(forced.conflict, Pair(mentor=mentor, mentee=mentee))
        return found.model_copy(update={"because": conflict.because, "conflict": conflict})
    if forced.levels and _proved(result) and _proved(forced):
        change = _difference(problem, result, forced)
        return _told(found, change)
    interval = _interval(result.levels, forced.levels)
    because = "what this pair would cost was not worked out in the time given"
    update = {"verdict": "unknown", "because": because, "interval": interval, "verified": False}
    return found.model_copy(update=update)


def with_pin(problem: Problem, mentor: str, mentee: str) -> Problem:
    """The same round with one pin more."""
    pins = {*problem.pins, Pair(mentor=mentor, mentee=mentee)}
    return problem.changed(pins=tuple(sorted(pins, key=lambda pin: (pin.mentor, pin.mentee))))


def _proved(result: MatchResult) -> bool:
    return all(level.proved for level in result.levels if level.name != TIE_RULE)


def _difference(problem: Problem, result: MatchResult, forced: MatchResult) -> Change:
    levels = [LEVELS[level.name] for level in result.levels if level.name != TIE_RULE]
    before, after = _made(result), _made(forced)
    standing = Standing(problem, choose_rules(problem.policy), levels, before)
    given_up = [pair for pair in before if pair not in after]
    made = [pair for pair in after if pair not in before]
    return standing.change(given_up, made, {**after, **before})


def _made(result: MatchResult) -> Mapping[Made, int]:
    return {(a.mentor, a.mentee): a.points for a in result.assignments}


def _told(found: WhyNot, change: Change) -> WhyNot:
    tied = change.costs_nothing
    costs = "be just as good" if tied else f"be {losses_in_words(change.losses)}"
    return found.model_copy(
        update={
            "verdict": "tied" if tied else "dominated",
            "because": f"with this pair there would {costs}: {change_in_words(change)}",
            "change": change,
        }
    )


def _interval(base: tuple[LevelResult, ...], forced: tuple[LevelResult, ...]) -> Interval | None:
    """Between the value in hand less what the forced round cannot exceed, and the other way."""
    known = {level.name: level for level in forced}
    both = [(level, known[level.name]) for level in base if level.name in known]
    both = [(level, other) for level, other in both if level.name != TIE_RULE]
    if not both:
        return None
    return Interval(
        least={level.name: level.value - other.bound for level, other in both},
        most={level.name: level.bound - other.value for level, other in both},
    )
