"""Margins, ties and choices among equals are what exhaustive search finds on small rounds."""

from __future__ import annotations

import pytest

from models.domain.explanation import Change, WhyNot
from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.domain.why import WhyPair
from solver.judge.verify import verify_result
from solver.levels import TIE_RULE
from solver.questions.anew import with_pin
from solver.questions.by_hand import choose_among_equals
from solver.questions.options import options_of
from solver.questions.why import POINTS, WhyPairs
from solver.questions.why_not import WhyNots
from solver.rulebook import choose_rules
from tests.exhaustive import best_answer
from tests.forcings import forcing_of
from tests.in_process import solve_here
from tests.strategies import a_small_round

Losses = dict[str, int]


def losses_of_options(problem: Problem, result: MatchResult, mentee: str) -> dict[str, Losses]:
    """What each eligible mentor whom a mentee was not given would lose; by exhaustive search."""
    best = {level.name: level.value for level in result.levels}
    found = {}
    made = {(pair.mentor, pair.mentee) for pair in result.pairs}
    options = options_of(problem, choose_rules(problem.policy), made, mentee, "mentee")
    for option in options:
        forced = None if option.made else best_answer(with_pin(problem, option.mentor, mentee))
        if forced is not None:
            values = dict(zip(problem.policy.levels, forced.values, strict=True))
            found[option.mentor] = {n: best[n] - values[n] for n in values if n != TIE_RULE}
    return found


def margin_by_trying(problem: Problem, losses: dict[str, Losses]) -> int | None:
    levels = problem.policy.levels
    before = levels[: levels.index(POINTS)]
    free = [lost[POINTS] for lost in losses.values() if not any(lost[name] for name in before)]
    return min(free, default=None)


def whys_of(problem: Problem, result: MatchResult) -> WhyPairs:
    """Questions of which the last resort is exhaustive search."""
    rules, forcing = choose_rules(problem.policy), forcing_of(problem, result)

    def anew(mentor: str, mentee: str) -> WhyNot:
        lost = losses_of_options(problem, result, mentee).get(mentor)
        answer = {"mentor": mentor, "mentee": mentee, "because": ""}
        if lost is None:
            return WhyNot(verdict="infeasible_if_forced", **answer)
        verdict = "dominated" if any(lost.values()) else "tied"
        return WhyNot(verdict=verdict, change=Change(losses=lost, moves=()), **answer)

    ask = WhyNots(problem, rules, result, forcing, anew).ask
    return WhyPairs(problem, rules, result, forcing, ask, solve_here)


def assert_tied(problem: Problem, result: MatchResult, why: WhyPair, tied: set[str]) -> int:
    """The ties are these, and each can be chosen at no cost; gives how many were chosen."""
    shown = why.tied_alternatives
    assert shown.complete
    assert {tie.mentor for tie in shown.tied} == tied
    chosen = 0
    for tie in shown.tied:
        if not tie.change.moves:
            continue
        answer = WhyNot(
            mentor=tie.mentor, mentee=tie.mentee, verdict="tied", because="", change=tie.change
        )
        other = choose_among_equals(problem, result, answer)
        assert (tie.mentor, tie.mentee) in {(pair.mentor, pair.mentee) for pair in other.pairs}
        for before, after in zip(result.levels[:-1], other.levels[:-1], strict=True):
            assert (before.value, before.bound) == (after.value, after.bound)
        assert verify_result(problem, other).accepted
        chosen += 1
    return chosen


def assert_right(seeds: range) -> tuple[int, int]:
    """How many margins were compared, and how many choices among equals were made."""
    margins = choices = 0
    for seed in seeds:
        problem = a_small_round(seed)
        result = solve_here(problem)
        whys = whys_of(problem, result)
        for made in result.assignments:
            why = whys.ask(made.mentor, made.mentee)
            assert why is not None
            losses = losses_of_options(problem, result, made.mentee)
            assert why.margin_known
            assert why.margin == margin_by_trying(problem, losses), (seed, made.mentee)
            if why.margin is not None:
                assert losses[why.closest or ""][POINTS] == why.margin
            tied = {mentor for mentor, lost in losses.items() if not any(lost.values())}
            choices += assert_tied(problem, result, why, tied)
            margins += 1
    return margins, choices


def test_margins_and_ties_are_what_exhaustive_search_finds() -> None:
    margins, choices = assert_right(range(60))
    assert margins > 60
    assert choices > 10


@pytest.mark.slow
@pytest.mark.parametrize("first", range(60, 810, 150))
def test_many_margins_and_ties_are_what_exhaustive_search_finds(first: int) -> None:
    margins, choices = assert_right(range(first, first + 150))
    assert margins > 150
    assert choices > 5
