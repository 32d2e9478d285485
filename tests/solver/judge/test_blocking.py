"""Who blocks an answer; both voices, and the definition itself in the property tests."""

from __future__ import annotations

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import BlockingPair, BlockingPairs
from solver.judge import blocking
from solver.judge.blocking import ArrayBlocking, PlainBlocking, WorstPartners
from solver.judge.facts import candidate_pairs, points_of
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import candidate_blocks
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem


def a_round() -> Problem:
    """M1 is worth 9,000 to E1 and 4,500 to E2; M2 is worth 4,500 to both."""
    return a_problem(
        a_mentor("M1", offers=("a", "b")),
        a_mentor("M2", offers=("b",)),
        a_mentee("E1", seeks=("a", "b")),
        a_mentee("E2", seeks=("b", "c")),
        policy=a_policy(expertise_overlap={"weight": 9, "ranked": False}),
    )


def found(problem: Problem, *made: tuple[str, str], tolerance: int = 0) -> BlockingPairs:
    """What both voices say."""
    rules, people = choose_rules(problem.policy), problem.by_reference
    pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in made]
    points = [points_of(problem, rules, people[p.mentor], people[p.mentee]) for p in pairs]
    worst = WorstPartners(problem, pairs, points)
    plain = PlainBlocking(worst, pairs, tolerance)
    for candidate in candidate_pairs(problem, rules):
        plain.add(*candidate)
    arrays = ArrayBlocking(problem, worst, pairs, tolerance)
    for block in candidate_blocks(problem, rules):
        arrays.add(block)
    assert arrays.told == plain.told
    return plain.told


def named(blocks: BlockingPairs) -> list[tuple[str, str, int]]:
    return [(pair.mentor, pair.mentee, pair.gain) for pair in blocks.worst]


def test_two_who_would_both_gain_block_and_the_smaller_gain_is_told() -> None:
    blocks = found(a_round(), ("M1", "E2"), ("M2", "E1"))
    assert blocks.worst == (BlockingPair(mentor="M1", mentee="E1", points=9_000, gain=4_500),)
    assert blocks.count == 1


def test_nobody_blocks_the_answer_in_which_the_best_have_each_other() -> None:
    assert found(a_round(), ("M1", "E1"), ("M2", "E2")) == BlockingPairs()


def test_a_gain_that_is_tolerated_does_not_block() -> None:
    assert found(a_round(), ("M1", "E2"), ("M2", "E1"), tolerance=4_500).count == 0
    assert found(a_round(), ("M1", "E2"), ("M2", "E1"), tolerance=4_499).count == 1


def test_two_with_free_places_block_whatever_they_are_worth_and_whatever_is_tolerated() -> None:
    problem = a_problem(policy=a_policy())
    assert named(found(problem, tolerance=99)) == [("M1", "E1", 0)]


def test_a_free_place_on_one_side_needs_a_gain_on_the_other() -> None:
    """M2 is free, and worth no more to E2 than M1 is; E1 is free, and worth more to M1."""
    assert named(found(a_round(), ("M1", "E2"))) == [("M1", "E1", 4_500), ("M2", "E1", 4_500)]


def test_the_worst_of_several_partners_is_what_is_given_up() -> None:
    problem = a_problem(
        a_mentor("M1", capacity=2, offers=("a",)),
        a_mentor("M2"),
        *(a_mentee(f"E{n}", seeks=("a",)) for n in (1, 2)),
        a_mentee("E3"),
        policy=a_policy(expertise_overlap={"weight": 9}),
    )
    blocks = found(problem, ("M1", "E1"), ("M1", "E3"), ("M2", "E2"))
    assert named(blocks) == [("M1", "E2", 9_000)]


def test_a_human_with_two_roles_has_places_on_both_sides() -> None:
    """P1 has all the mentees there is a place for, and no mentor."""
    policy = a_policy(grade_seniority={"min_gap": 0})
    problem = a_problem(a_person("P1"), a_mentee("E1"), a_mentor("M1"), policy=policy)
    assert named(found(problem, ("P1", "E1"))) == [("M1", "P1", 0)]


def test_the_worst_are_named_in_a_fixed_order_and_all_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blocking, "SHOWN", 3)
    people = [a_mentor(f"M{n}") for n in range(3)] + [a_mentee(f"E{n}") for n in range(3)]
    blocks = found(a_problem(*people, policy=a_policy()))
    assert blocks.count == 9
    assert named(blocks) == [("M0", "E0", 0), ("M0", "E1", 0), ("M0", "E2", 0)]
