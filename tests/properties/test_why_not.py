"""Why not these two: the loss of forcing a pair is what exhaustive search finds, at every level."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.domain.explanation import WhyNot
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.questions.anew import with_pin
from solver.questions.why_not import WhyNots
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.exhaustive import best_answer
from tests.forcings import forcing_of
from tests.in_process import solve_here
from tests.strategies import a_small_round

ANEW = "forced anew"


def anew(mentor: str, mentee: str) -> WhyNot:
    """In place of another solve: the pair is one for which the network was not enough."""
    return WhyNot(mentor=mentor, mentee=mentee, verdict="unknown", because=ANEW)


def answers(seeds: range) -> Iterator[tuple[Problem, MatchResult, WhyNot]]:
    """An answer for every candidate pair of every round."""
    for seed in seeds:
        problem = a_small_round(seed)
        result = solve_here(problem)
        rules = choose_rules(problem.policy)
        forcing = forcing_of(problem, result)
        ask = WhyNots(problem, rules, result, forcing, anew).ask
        every = score_pairs(problem, rules)
        for mentor, mentee in zip(every.mentors.tolist(), every.mentees.tolist(), strict=True):
            names = problem.mentors[mentor].reference, problem.mentees[mentee].reference
            yield problem, result, ask(*names)


def assert_exact(seeds: range) -> int:
    told = 0
    for problem, result, answer in answers(seeds):
        if answer.verdict not in ("tied", "dominated"):
            assert answer.verdict != "unknown" or answer.because == ANEW
            continue
        assert answer.change is not None
        best = best_answer(with_pin(problem, answer.mentor, answer.mentee))
        assert best is not None
        shown = [level.value for level in result.levels[:-1]]
        losses = [value - other for value, other in zip(shown, best.values, strict=False)]
        assert list(answer.change.losses.values()) == losses, answer
        assert (answer.verdict == "tied") is (not any(losses))
        for level, loss in answer.change.losses.items():
            assert sum(move.losses[level] for move in answer.change.moves) == loss
        told += 1
    return told


def test_forcing_a_pair_costs_what_exhaustive_search_finds() -> None:
    assert assert_exact(range(60)) > 40


@pytest.mark.slow
@pytest.mark.parametrize("first", range(60, 2560, 100))
def test_many_forced_pairs_cost_what_exhaustive_search_finds(first: int) -> None:
    assert assert_exact(range(first, first + 100)) > 50
