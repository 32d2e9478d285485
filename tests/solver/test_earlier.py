"""What of an earlier result could still stand, against the words of the definition."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from models.domain.problem import Problem
from solver.earlier import most_together, standing_pairs
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def test_a_pair_stands_if_both_take_part_and_no_rule_is_in_the_way() -> None:
    """M3 left, E4 rests, and M2 is kept apart from E2 by now."""
    problem = a_problem(
        *(a_mentor("M1"), a_mentor("M2")),
        *(a_mentee("E1"), a_mentee("E2"), a_mentee("E4", wants=0)),
        earlier=[("M1", "E1"), ("M2", "E2"), ("M3", "E1"), ("M1", "E4")],
        bars=[("M2", "E2")],
        policy=a_policy("barred_pairs"),
    )
    assert standing_pairs(problem) == [("M1", "E1")]


def test_a_pin_takes_the_place_of_an_earlier_pair() -> None:
    earlier = [("M1", "E1"), ("M2", "E2")]
    people = (a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), a_mentee("E2"))
    problem = a_problem(*people, earlier=earlier, pins=[("M1", "E2")])
    assert most_together(problem, earlier) == 0


@pytest.mark.parametrize("seed", range(60))
def test_as_many_as_can_stand_together_are_found(seed: int) -> None:
    """Against every subset of the earlier pairs, where people have one or two places."""
    chance = Random(seed)
    mentors = [a_mentor(f"M{n}", capacity=chance.choice((1, 2))) for n in range(4)]
    mentees = [a_mentee(f"E{n}", wants=chance.choice((1, 1, 2))) for n in range(4)]
    pairs = [(m.reference, e.reference) for m in mentors for e in mentees]
    earlier = chance.sample(pairs, 9)
    problem = a_problem(*mentors, *mentees, policy=a_policy(), earlier=earlier)
    standing = standing_pairs(problem)
    assert standing == sorted(earlier)
    assert most_together(problem, standing) == _most_of(earlier, problem)


def _most_of(earlier: list[tuple[str, str]], problem: Problem) -> int:
    for size in range(len(earlier), 0, -1):
        for chosen in combinations(earlier, size):
            givers, takers = [m for m, _ in chosen], [e for _, e in chosen]
            fits = all(givers.count(p.reference) <= p.mentoring.capacity for p in problem.mentors)
            if fits and all(takers.count(p.reference) <= p.learning.wants for p in problem.mentees):
                return size
    return 0
