"""Each level says everything twice; here its two voices are held together."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings

from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.levels import LEVELS, PINS_KEPT, value_of
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.pinned_rounds import a_droppable_network
from tests.strategies import small_rounds

MANY = settings(max_examples=60, deadline=None, derandomize=True)
MOST_PARTNERS = 5

each_level = pytest.mark.parametrize("name", LEVELS)


@each_level
@MANY
@given(problem=small_rounds())
def test_a_level_gains_the_same_in_both_voices(name: str, problem: Problem) -> None:
    level, rules = LEVELS[name], choose_rules(problem.policy)
    pairs = score_pairs(problem, rules)
    found = level.pair_gains(problem, pairs.mentors, pairs.mentees, pairs.points)
    assert found.dtype == np.int64
    assert found.tolist() == [
        level.pair_gain(problem, problem.mentors[m].reference, problem.mentees[e].reference, p)
        for m, e, p in zip(pairs.mentors, pairs.mentees, pairs.points.tolist(), strict=True)
    ]
    most = level.most_pair_gain
    assert most is None or (found <= most).all()


@each_level
@MANY
@given(problem=small_rounds())
def test_a_further_partner_never_gains_more_than_the_one_before(
    name: str, problem: Problem
) -> None:
    """Otherwise the level were no network's objective."""
    level, rules = LEVELS[name], choose_rules(problem.policy)
    nth = range(1, MOST_PARTNERS)
    for mentee in problem.mentees:
        gains = [level.mentee_gain(mentee, n) for n in nth]
        assert gains == sorted(gains, reverse=True)
    for mentor in problem.mentors:
        gains = [level.mentor_gain(rules, mentor, n) for n in nth]
        assert gains == sorted(gains, reverse=True)


def test_a_lotterys_draw_can_be_repeated_by_anybody() -> None:
    """The first 24 bits of SHA-256 of salt, mentor and mentee, joined by U+001F, in UTF-8."""
    problem = a_problem(a_mentor("É1"), a_mentee("E1"), tie_salt="salt")
    digest = hashlib.sha256("salt\x1fÉ1\x1fE1".encode()).hexdigest()
    assert LEVELS["lottery"].pair_gain(problem, "É1", "E1", 99) == int(digest[:6], 16)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mentees_matched", 2),
        ("mentees_matched_1", 1),
        ("mentees_matched_2", 0),
        ("mentees_matched_3", 1),
        ("mentors_used", 2),
        ("points", 70 - 200),
    ],
)
def test_a_levels_value_counts_each_person_once(name: str, value: int) -> None:
    """E1 has both mentors; M1 has two mentees, of whom the second costs 200."""
    problem = a_problem(
        a_mentor("M1", capacity=3),
        a_mentor("M2"),
        a_mentee("E1", wants=2, tier=1),
        a_mentee("E2"),
        policy=a_policy(balanced_load={"weight": 2}),
    )
    pairs = [("M1", "E1", 10), ("M2", "E1", 20), ("M1", "E2", 40)]
    rules = choose_rules(problem.policy)
    assert value_of(LEVELS[name], problem, rules, pairs) == value


def test_an_earlier_pair_counts_as_kept_under_whatever_reference() -> None:
    """M1 is known as M1b by now; the other direction of the pair is another pair."""
    problem = a_problem(
        *(a_mentor("M1b", person="P"), a_mentee("M1", person="P"), a_person("E1")),
        earlier=[("M1", "E1"), ("M7", "E1")],
    )
    kept = LEVELS["kept"]
    assert kept.pair_gain(problem, "M1b", "E1", 0) == 1
    assert kept.pair_gain(problem, "E1", "M1", 0) == 0


def test_no_pairs_have_no_value() -> None:
    problem = a_problem()
    rules = choose_rules(problem.policy)
    assert all(value_of(level, problem, rules, []) == 0 for level in LEVELS.values())


@MANY
@given(problem=small_rounds())
def test_the_lottery_tells_any_two_pairs_of_a_small_round_apart(problem: Problem) -> None:
    """24 bits are enough for that; what comes after a tie is tested with fewer."""
    found = candidate_pairs(problem, choose_rules(problem.policy))
    lottery = LEVELS["lottery"]
    draws = [lottery.pair_gain(problem, m.reference, e.reference, p) for m, e, p in found]
    assert len(draws) == len(set(draws))


@pytest.mark.parametrize("seed", range(20))
def test_droppable_pins_and_no_other_pairs_count_as_kept_in_both_voices(seed: int) -> None:
    problem = a_droppable_network(seed)
    level, pairs = LEVELS[PINS_KEPT], score_pairs(problem, choose_rules(problem.policy))
    found = level.pair_gains(problem, pairs.mentors, pairs.mentees, pairs.points)
    assert found.dtype == np.int64
    assert found.sum() == len(problem.droppable_pins)
    assert found.tolist() == [
        level.pair_gain(problem, problem.mentors[m].reference, problem.mentees[e].reference, 0)
        for m, e in zip(pairs.mentors, pairs.mentees, strict=True)
    ]
    assert (found <= level.largest_pair_gain(0)).all()
