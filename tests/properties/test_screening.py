"""What large rounds are screened with misses nothing: ceilings, refusals, thresholds, options."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.problem import Problem
from solver import encoding
from solver.levels import LEVELS
from solver.objectives import expertise_overlap, preferred_grade_gap, shared_characteristic
from solver.rulebook import choose_rules
from solver.scoring import ceilings
from solver.scoring import screen as screens
from solver.scoring.candidates import CandidatePairs, joined
from solver.scoring.scoreboard import score_pairs
from solver.scoring.screen import Screen
from solver.scoring.threshold import Threshold, reduced_at_least
from tests.strategies import small_rounds

MANY = settings(max_examples=150, deadline=None, derandomize=True)
Names = set[tuple[int, int]]


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small rounds in many blocks, and words that share columns."""
    monkeypatch.setattr(ceilings, "ROWS", 2)
    monkeypatch.setattr(ceilings, "COLUMNS", 3)
    monkeypatch.setattr(screens, "FOUND_IN_A_BLOCK", 5)
    monkeypatch.setattr(screens, "CELLS_COUNTED", 4)
    for module in (encoding, expertise_overlap, preferred_grade_gap, shared_characteristic):
        monkeypatch.setattr(module, "MOST_COLUMNS", 3)


@MANY
@given(problem=small_rounds())
def test_no_value_is_above_its_ceiling_unless_the_pair_is_listed(problem: Problem) -> None:
    for rule in choose_rules(problem.policy).objectives:
        ceiling = rule.ceiling(problem)
        if ceiling is None:
            continue
        listed = names(*ceiling.listed) if ceiling.listed else set()
        values = rule.vectorised(problem)
        for m in range(len(problem.mentors)):
            for e in range(len(problem.mentees)):
                most = float(ceiling.mentors[m] @ ceiling.mentees[e])
                value = int(values(np.array([m]), np.array([e]))[0])
                assert (m, e) in listed or value <= most * (1 + 1e-6)


@MANY
@given(problem=small_rounds())
def test_a_rule_that_lists_what_it_refuses_refuses_nothing_else(problem: Problem) -> None:
    for rule in choose_rules(problem.policy).eligibility:
        listed = rule.refused(problem)
        if listed is None:
            continue
        refused = {
            (m, e)
            for m, mentor in enumerate(problem.mentors)
            for e, mentee in enumerate(problem.mentees)
            if not rule.permits(problem, mentor, mentee)
        }
        assert names(*listed) == refused


@MANY
@given(problem=small_rounds(), chance=st.randoms(use_true_random=True))
def test_a_screen_finds_every_pair_that_reaches_a_threshold(
    problem: Problem, chance: Random
) -> None:
    """Exactly at the threshold too, whatever the size of the prices; and each pair once."""
    rules = choose_rules(problem.policy)
    screen, everything = Screen(problem, rules), score_pairs(problem, rules)
    for size in (1, 100_000, 10**7, 10**12):
        a = np.array([chance.randint(-size, size) for _ in problem.mentors], dtype=np.int64)
        b = np.array([chance.randint(-size, size) for _ in problem.mentees], dtype=np.int64)
        if len(everything):
            # Some pair lies right on the threshold.
            place = chance.randrange(len(everything))
            m, e = everything.mentors[place], everything.mentees[place]
            a[m] = everything.points[place] - b[e]
        found = joined(*screen.reaching(Threshold(a.astype(float), b.astype(float))))
        reached = everything.points >= a[everything.mentors] + b[everything.mentees]
        assert contains_once(found, everything.where(reached), everything)
        found = joined(*screen.reaching(Threshold(a, b, counts_points=False)))
        reached = a[everything.mentors] + b[everything.mentees] <= 0
        assert contains_once(found, everything.where(reached), everything)


@MANY
@given(problem=small_rounds(), chance=st.randoms(use_true_random=True))
def test_a_screen_finds_every_pair_of_a_reduced_gain(problem: Problem, chance: Random) -> None:
    """Under prices with multipliers as large as those of combined levels."""
    rules = choose_rules(problem.policy)
    screen, pairs = Screen(problem, rules), score_pairs(problem, rules)
    big = 10 ** chance.randint(0, 8)
    terms = [
        (chance.choice((0, 1, big)), LEVELS["points"]),
        (chance.choice((0, 1)), LEVELS["lottery"]),
    ]
    size = big * chance.choice((1, 1_000, 100_000)) + 10**7
    mentors = np.array([chance.randint(-size, size) for _ in problem.mentors], dtype=np.int64)
    mentees = np.array([chance.randint(-size, size) for _ in problem.mentees], dtype=np.int64)
    reduced = -mentors[pairs.mentors] - mentees[pairs.mentees]
    for factor, level in terms:
        reduced += factor * level.pair_gains(problem, pairs.mentors, pairs.mentees, pairs.points)
    if not len(pairs):
        return
    least = chance.choice(reduced.tolist())
    wanted = reduced_at_least(least, terms, mentors, mentees)
    found = joined(*screen.reaching(wanted))
    assert contains_once(found, pairs.where(reduced >= least), pairs)


@MANY
@given(problem=small_rounds(), chance=st.randoms(use_true_random=True))
def test_options_are_counted_as_if_every_pair_were_listed(problem: Problem, chance: Random) -> None:
    rules = choose_rules(problem.policy)
    pairs = score_pairs(problem, rules)
    some = np.array([chance.random() < 0.5 for _ in problem.mentors], dtype=np.bool_)
    others = np.array([chance.random() < 0.5 for _ in problem.mentees], dtype=np.bool_)
    of_mentors, of_mentees = Screen(problem, rules).options(some, others)
    assert of_mentors.tolist() == (np.bincount(pairs.mentors, minlength=len(some)) * some).tolist()
    assert (
        of_mentees.tolist() == (np.bincount(pairs.mentees, minlength=len(others)) * others).tolist()
    )


def names(mentors: np.ndarray, mentees: np.ndarray) -> Names:
    return set(zip(mentors.tolist(), mentees.tolist(), strict=True))


def contains_once(found: CandidatePairs, wanted: CandidatePairs, pairs: CandidatePairs) -> bool:
    """Whether all that is wanted was found, nothing twice, and candidates with their points."""
    points = dict(
        zip(
            zip(pairs.mentors.tolist(), pairs.mentees.tolist(), strict=True),
            pairs.points.tolist(),
            strict=True,
        )
    )
    told = list(zip(found.mentors.tolist(), found.mentees.tolist(), strict=True))
    assert all(
        points[pair] == worth for pair, worth in zip(told, found.points.tolist(), strict=True)
    )
    return len(set(told)) == len(told) and names(wanted.mentors, wanted.mentees) <= set(told)
