"""What forcing a pair costs, by solving the round again with the pair pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class Forced:
    """One level of the round with the pair pinned: a value, a bound, and whether they are one.

    The value is None where no answer is known.
    """

    name: str
    value: int | None
    bound: int
    proved: bool


def forced_anew(
    problem: Problem, result: MatchResult, mentor: str, mentee: str, limits: Limits
) -> WhyNot:
    """The verdict on an eligible pair that is not made, from a solve of its own.

    It begins with what the result proves. What is not proved in the time given is `unknown`,
    with an interval for each level.
    """
    forced = solve_matching(with_pin(problem, mentor, mentee), limits, start=result)
    pair = Pair(mentor=mentor, mentee=mentee)
    if forced.conflict:
        conflict = conflict_in_words(forced.conflict, pair)
        return _answer(
            pair,
            verdict="infeasible_if_forced",
            because=conflict.because,
            conflict=conflict,
            verified=True,
        )
    levels = [
        Forced(level.name, level.value, level.bound, level.proved)
        for level in forced.levels
        if level.name != TIE_RULE
    ]
    return verdict_of(problem, result, pair, levels, _made(forced))


def verdict_of(
    problem: Problem,
    result: MatchResult,
    pair: Pair,
    forced: Sequence[Forced],
    made: Mapping[Made, int] | None = None,
) -> WhyNot:
    """The verdict that the round with the pair pinned gives: `made` are its pairs with points."""
    if made is not None and forced and _proved(result) and all(level.proved for level in forced):
        change = _difference(problem, result, made)
        tied = change.costs_nothing
        costs = "be just as good" if tied else f"be {losses_in_words(change.losses)}"
        return _answer(
            pair,
            verdict="tied" if tied else "dominated",
            because=f"with this pair there would {costs}: {change_in_words(change)}",
            change=change,
            verified=True,
        )
    because = "what this pair would cost was not worked out in the time given"
    interval = _interval(result.levels, forced)
    return _answer(pair, verdict="unknown", because=because, interval=interval)


def with_pin(problem: Problem, mentor: str, mentee: str) -> Problem:
    """The same round with one pin more."""
    return problem.with_pin(Pair(mentor=mentor, mentee=mentee))


def _proved(result: MatchResult) -> bool:
    return all(level.proved for level in result.levels if level.name != TIE_RULE)


def _difference(problem: Problem, result: MatchResult, after: Mapping[Made, int]) -> Change:
    levels = [LEVELS[level.name] for level in result.levels if level.name != TIE_RULE]
    before = _made(result)
    standing = Standing(problem, choose_rules(problem.policy), levels, before)
    given_up = [pair for pair in before if pair not in after]
    made = [pair for pair in after if pair not in before]
    return standing.change(given_up, made, {**after, **before})


def _made(result: MatchResult) -> Mapping[Made, int]:
    return {(a.mentor, a.mentee): a.points for a in result.assignments}


def _answer(pair: Pair, **told: Any) -> WhyNot:
    return WhyNot(mentor=pair.mentor, mentee=pair.mentee, **told)


def _interval(base: Sequence[LevelResult], forced: Sequence[Forced]) -> Interval | None:
    """Between the value in hand less what the forced round cannot exceed, and the other way.

    It ends with the first level that is open: what the later ones lose hangs on that one.
    """
    known = {level.name: level for level in forced}
    both = [(level, known[level.name]) for level in base if level.name in known]
    open_at = [
        place for place, (one, other) in enumerate(both) if not (one.proved and other.proved)
    ]
    both = both[: min(open_at, default=len(both)) + 1]
    if not both:
        return None
    most = {
        level.name: level.bound - other.value for level, other in both if other.value is not None
    }
    return Interval(
        least={level.name: level.value - other.bound for level, other in both},
        most=most or None,
    )
