from __future__ import annotations

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.relaxation.binding_groups import may_bind, side_groups, side_limits
from solver.relaxation.face import EMPTY, FREE, FULL
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from solver.scoring.screen import Screen
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.mutual_rounds import a_mutual_round
from tests.strategies import a_small_round
from tests.worlds import World


def three_friends() -> Problem:
    """A, B and C could mentor each other; M1 and E1 are on one side only."""
    return a_problem(
        *(a_person(name) for name in "ABC"),
        a_mentor("M1"),
        a_mentee("E1"),
        policy=a_policy("one_direction"),
    )


def test_a_group_that_some_choice_would_break_is_found_with_all_of_its_pairs() -> None:
    world = World(three_friends())
    groups = world.groups
    assert groups.names == tuple(
        ("one_direction", label) for label in ('["A","B"]', '["A","C"]', '["B","C"]')
    )
    assert groups.least.tolist() == [0, 0, 0]
    assert groups.most.tolist() == [1, 1, 1]
    first = groups.pairs.place[groups.pairs.number == 0]
    assert sorted(world.names[place] for place in first) == [("A", "B"), ("B", "A")]


def test_a_group_that_no_choice_can_break_is_left_out() -> None:
    """With a gap of 1 or more, two people can never mentor each other."""
    people = [a_person("A", grade="Grade 7"), a_person("B")]
    problem = a_problem(*people, policy=a_policy("one_direction", grade_seniority={"min_gap": 1}))
    assert len(World(problem).groups) == 0
    assert World(problem).groups.most_of_a_pair == 0


def test_a_choice_breaks_the_groups_that_it_fills_beyond_their_most() -> None:
    world = World(three_friends())
    used = world.standing(("A", "B"), ("B", "A"), ("C", "A"), ("M1", "E1"))
    assert world.groups.sums(used).tolist() == [2, 1, 0]
    free = np.full(3, FREE, dtype=np.int8)
    assert world.groups.broken(free, used).tolist() == [0]


@pytest.mark.parametrize(
    ("slack", "broken"), [(FREE, [[], [], [0]]), (EMPTY, [[0], [], [0]]), (FULL, [[], [0], [0]])]
)
def test_a_group_that_is_settled_has_to_stay_where_it_was_settled(
    slack: int, broken: list[list[int]]
) -> None:
    """Without slack at its most, with all of it at its least."""
    groups = World(three_friends()).groups.some(np.array([0]))
    world = World(three_friends())
    choices = [world.standing(*(pairs)) for pairs in ([], [("A", "B")], [("A", "B"), ("B", "A")])]
    slacks = np.array([slack], dtype=np.int8)
    assert [groups.broken(slacks, used).tolist() for used in choices] == broken


def test_a_fractional_answer_exceeds_a_group_beyond_the_tolerance() -> None:
    world = World(three_friends())
    shares = world.standing(("A", "B")).astype(np.float64)
    shares += world.standing(("B", "A"), ("A", "C"), ("C", "A")) * 0.5
    assert world.groups.exceeded(shares).tolist() == [0]
    shares += world.standing(("A", "C")) * 1e-9
    assert world.groups.exceeded(shares).tolist() == [0]


def test_a_pair_costs_the_prices_of_its_groups() -> None:
    world = World(three_friends())
    cost = world.groups.cost_of_pairs(np.array([5, 0, 7]), len(world.pairs))
    by_pair = dict(zip(world.names, cost.tolist(), strict=True))
    assert by_pair[("A", "B")] == by_pair[("B", "A")] == 5
    assert by_pair[("C", "B")] == 7
    assert by_pair[("A", "C")] == by_pair[("M1", "E1")] == by_pair[("A", "E1")] == 0


def test_some_groups_are_numbered_anew() -> None:
    world = World(three_friends())
    some = world.groups.some(np.array([2]))
    assert some.names == (("one_direction", '["B","C"]'),)
    assert some.pairs.number.tolist() == [0, 0]
    assert world.made(np.isin(np.arange(len(world.pairs)), some.pairs.place)) == [
        ("B", "C"),
        ("C", "B"),
    ]
    assert len(world.groups.some(np.zeros(0, dtype=np.int64))) == 0


@pytest.mark.parametrize("seed", range(40))
def test_whether_a_group_may_bind_is_found_without_the_pairs_in_none(seed: int) -> None:
    problem = a_small_round(seed) if seed % 2 else a_mutual_round(seed, people=6)
    rules = choose_rules(problem.policy)
    limits = side_limits(problem, rules)
    groups = side_groups(limits, score_pairs(problem, rules))
    assert may_bind(limits, Screen(problem, rules)) == bool(len(groups))
