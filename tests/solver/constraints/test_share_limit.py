from typing import Any

import pytest
from pydantic import ValidationError

from models.domain.participant import Pair
from solver.constraints.share_limit import ShareLimit
from tests.builders import a_mentee, a_mentor, a_problem
from tests.voices import shares

PROBLEM = a_problem(
    *(a_mentor("M1", capacity=4, home_region="Wales"), a_mentor("M2", grade="Grade 6")),
    a_mentee("E1", home_region="Wales"),
    a_mentee("E2", home_region="London"),
    a_mentee("E3", home_region=None),
    a_mentee("E4", home_region="Wales"),
)


def with_m1(*mentees: str) -> list[Pair]:
    return [Pair(mentor="M1", mentee=mentee) for mentee in mentees]


def test_a_share_is_exact_at_its_edge() -> None:
    """One pair of four is 25 %; of three it is more."""
    rule = ShareLimit(cross_region_percent=25)
    assert rule.breaches(PROBLEM, with_m1("E1", "E2", "E3", "E4")) == []
    assert rule.breaches(PROBLEM, with_m1("E1", "E2", "E3")) == [
        "1 of 3 pairs have different home regions, and at most 25% may"
    ]


def test_a_region_that_is_not_known_is_not_crossed() -> None:
    rule = ShareLimit(cross_region_percent=30)
    assert shares(rule, PROBLEM, "M1", "E2") == {"cross_region": 70}
    for mentor, mentee in (("M1", "E1"), ("M1", "E3"), ("M2", "E2")):
        assert shares(rule, PROBLEM, mentor, mentee) == {"cross_region": -30}


def test_a_gap_counts_when_it_is_wider_than_the_setting() -> None:
    rule = ShareLimit(gap=1, gap_percent=0)
    assert rule.breaches(PROBLEM, with_m1("E1")) == []
    assert rule.breaches(PROBLEM, [Pair(mentor="M2", mentee="E1")]) == [
        "1 of 1 pairs are more than 1 grade apart, and at most 0% may"
    ]
    assert shares(rule, PROBLEM, "M2", "E1") == {"gap": 100}
    assert shares(rule, PROBLEM, "M1", "E1") == {}


def test_both_shares_have_their_own_group() -> None:
    rule = ShareLimit(cross_region_percent=10, gap=1, gap_percent=40)
    assert shares(rule, PROBLEM, "M1", "E2") == {"cross_region": 90, "gap": -40}
    assert rule.group_bounds(PROBLEM, "cross_region") == (-40, 0)
    assert rule.group_bounds(PROBLEM, "gap") == (-160, 0)


def test_a_share_that_is_not_limited_is_no_group() -> None:
    with pytest.raises(KeyError):
        ShareLimit(cross_region_percent=10).group_bounds(PROBLEM, "gap")


def test_no_pair_at_all_keeps_every_share() -> None:
    assert ShareLimit(cross_region_percent=0, gap=0, gap_percent=0).breaches(PROBLEM, []) == []


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"gap": 2}, "given together"),
        ({"gap_percent": 20}, "given together"),
        ({}, "limits nothing"),
        ({"cross_region_percent": 101}, "less than or equal to 100"),
        ({"cross_region_percent": 2.5}, "integer"),
    ],
)
def test_settings_that_say_nothing_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ShareLimit.model_validate(settings)
