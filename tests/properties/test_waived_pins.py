"""Pins that rules are waived for stand, and nothing else does that would not stand without."""

from __future__ import annotations

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs, failures
from solver.judge.verify import verify_result
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import joined, score_pairs
from solver.scoring.screen import Screen
from tests.exhaustive import best_answer
from tests.in_process import solve_here
from tests.pinned_rounds import a_waiving_round
from tests.wide_rounds import solve_holding_few

CHUNK = 25


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_the_candidates_are_the_same_in_both_voices(first: int) -> None:
    """Those of every block, and how many everybody has of them."""
    waived = 0
    for seed in range(first, first + CHUNK):
        problem = a_waiving_round(seed)
        rules = choose_rules(problem.policy)
        plain = [(m.reference, e.reference) for m, e, _ in candidate_pairs(problem, rules)]
        found = score_pairs(problem, rules)
        assert sorted(_named(problem, found.mentors, found.mentees)) == sorted(plain), seed
        screen = Screen(problem, rules)
        mentors = np.ones(len(problem.mentors), dtype=np.bool_)
        mentees = np.arange(len(problem.mentees)) % 2 == 0
        options = screen.options(mentors, mentees)
        of_mentors = [sum(m == p.reference for m, _ in plain) for p in problem.mentors]
        of_mentees = [sum(e == p.reference for _, e in plain) for p in problem.mentees]
        assert options[0].tolist() == of_mentors, seed
        assert options[1].tolist() == (np.array(of_mentees) * mentees).tolist(), seed
        waived += len(screen.scorer.waived)
        some = joined(*screen.blocks(mentees=mentees))
        chosen = {p.reference for p, kept in zip(problem.mentees, mentees, strict=True) if kept}
        named = _named(problem, some.mentors, some.mentees)
        assert sorted(named) == sorted(pair for pair in plain if pair[1] in chosen), seed
    assert waived > CHUNK // 3


@pytest.mark.parametrize("over_arrays", [False, True])
@pytest.mark.parametrize("first", range(0, 50, CHUNK))
def test_rounds_with_waived_pins_agree_with_a_search_of_every_answer(
    first: int, over_arrays: bool
) -> None:
    _assert_agree(range(first, first + CHUNK), over_arrays)


@pytest.mark.parametrize("most_on_a_face", [0, 500_000])
@pytest.mark.parametrize("first", range(0, 50, CHUNK))
def test_a_search_that_holds_few_pairs_agrees(
    first: int, most_on_a_face: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    solve_holding_few(monkeypatch, most_on_a_face)
    _assert_agree(range(first, first + CHUNK), over_arrays=True)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(50, 500, CHUNK))
def test_five_hundred_rounds_with_waived_pins_agree(first: int) -> None:
    _assert_agree(range(first, first + CHUNK), over_arrays=True)


def _assert_agree(seeds: range, over_arrays: bool) -> None:
    waived = 0
    for seed in seeds:
        problem = a_waiving_round(seed)
        best, result = best_answer(problem), solve_here(problem, over_arrays)
        assert best is not None, seed
        assert tuple(level.value for level in result.levels) == best.values, seed
        assert verify_result(problem, result).accepted, seed
        _assert_told(problem, result.waived_pins, result.assignments)
        waived += len(result.waived_pins)
    assert waived > CHUNK // 3


def _assert_told(problem: Problem, waived_pins, assignments) -> None:
    """Every rule that a pin fails is told as waived, beside its pair as well."""
    rules, people = choose_rules(problem.policy), problem.by_reference
    told = {(pin.mentor, pin.mentee): pin.checks for pin in waived_pins}
    for made in assignments:
        failed = failures(problem, rules, people[made.mentor], people[made.mentee])
        checks = told.pop((made.mentor, made.mentee), ())
        assert [(check.rule, check.because) for check in checks] == failed
        waived = [check for check in made.checks if check.because.startswith("waived: ")]
        assert [(c.rule, c.because.removeprefix("waived: ")) for c in waived] == failed
        assert made.forced_by == "pin" or not failed
    assert not told


def _named(problem: Problem, mentors, mentees) -> list[tuple[str, str]]:
    return [
        (problem.mentors[m].reference, problem.mentees[e].reference)
        for m, e in zip(mentors.tolist(), mentees.tolist(), strict=True)
    ]
