from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from models.domain.participant import Pair
from solver.constraints.group_minimum import GroupMinimum
from tests.builders import a_mentee, a_mentor, a_problem
from tests.voices import shares

RULE = GroupMinimum(minimum=2)
PROBLEM = a_problem(
    a_mentor("M1", capacity=3),
    a_mentor("M2"),
    *(a_mentee(f"E{number}") for number in (1, 2, 3)),
)


def with_mentor(mentor: str, *mentees: str) -> list[Pair]:
    return [Pair(mentor=mentor, mentee=mentee) for mentee in mentees]


def test_a_mentor_takes_nobody_or_at_least_so_many() -> None:
    for mentees in ((), ("E1", "E2"), ("E1", "E2", "E3")):
        assert RULE.breaches(PROBLEM, with_mentor("M1", *mentees)) == []
    assert RULE.breaches(PROBLEM, with_mentor("M1", "E1")) == [
        "M1 has 1 mentee and takes none or at least 2"
    ]
    assert GroupMinimum(minimum=3).breaches(PROBLEM, with_mentor("M1", "E1", "E2")) == [
        "M1 has 2 mentees and takes none or at least 3"
    ]


def test_a_mentor_with_fewer_places_than_the_minimum_takes_nobody() -> None:
    assert RULE.breaches(PROBLEM, with_mentor("M2", "E1")) == [
        "M2 has 1 mentee and takes none or at least 2"
    ]


def test_mentors_with_few_places_can_be_left_unasked() -> None:
    rule = GroupMinimum(minimum=2, from_capacity=2)
    assert rule.breaches(PROBLEM, with_mentor("M2", "E1")) == []
    assert shares(rule, PROBLEM, "M2", "E1") == {}
    assert shares(rule, PROBLEM, "M1", "E1") == {'["M1","E1"]': 2}


def test_a_minimum_of_1_forbids_nothing() -> None:
    assert GroupMinimum(minimum=1).breaches(PROBLEM, with_mentor("M2", "E1")) == []


def test_each_pair_of_a_mentor_has_a_group_in_which_all_of_them_count() -> None:
    limit = RULE.limit(PROBLEM)
    assert RULE.group_bounds(PROBLEM, '["M1","E1"]') == (-3, 0)
    mentor = limit.mentor_of(np.array([3])) if limit.mentor_of else None
    assert mentor is not None
    assert PROBLEM.mentors[mentor.item()].reference in limit.label(3)


def test_the_prices_of_a_mentors_groups_are_repaid_by_all_the_mentors_pairs() -> None:
    prices = {'["M1","E1"]': 5, '["M1","E2"]': 3, '["M2","E1"]': 4}
    assert RULE.price_of_mentors(PROBLEM, prices) == {"M1": -8, "M2": -4}


@pytest.mark.parametrize("label", ["M1", '["M1"]', '["M9","E1"]', "[1,2]", "[" * 100_000, ""])
def test_a_label_of_no_group_is_refused(label: str) -> None:
    with pytest.raises(KeyError):
        RULE.group_bounds(PROBLEM, label)


@pytest.mark.parametrize(
    "settings", [{}, {"minimum": 0}, {"minimum": 1001}, {"minimum": 2, "from_capacity": 0}]
)
def test_settings_outside_their_bounds_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GroupMinimum.model_validate(settings)
