from typing import Any

import pytest
from pydantic import ValidationError

from models.domain.participant import Pair
from solver.constraints.coverage_floor import CoverageFloor
from solver.rule import Minimum
from tests.builders import a_mentee, a_mentor, a_problem
from tests.voices import shares

PROBLEM = a_problem(
    a_mentor("M1", capacity=2),
    a_mentor("M2", capacity=2),
    *(a_mentee(f"E{number}", department="HMRC") for number in (1, 2, 3)),
    a_mentee("E4", department="DfE", wants=2),
    a_mentee("E5"),
    a_mentee("E6", department="DfE", wants=0),
)


def test_the_floor_of_a_group_is_rounded_up_to_whole_people() -> None:
    rule = CoverageFloor(by="department", percent=34)
    assert rule.group_bounds(PROBLEM, "HMRC") == (2, 3)
    assert rule.group_bounds(PROBLEM, "DfE") == (1, 1)
    assert CoverageFloor(by="department", percent=33).group_bounds(PROBLEM, "HMRC") == (1, 3)


def test_each_group_has_its_own_floor() -> None:
    rule = CoverageFloor(by="department", percent=60)
    pairs = [Pair(mentor="M1", mentee="E1"), Pair(mentor="M1", mentee="E2")]
    assert rule.breaches(PROBLEM, pairs) == [
        "0 of the 1 mentees of DfE have a mentor, and at least 1 (60%) should"
    ]
    assert rule.breaches(PROBLEM, [*pairs, Pair(mentor="M2", mentee="E4")]) == []


def test_a_mentee_with_two_mentors_counts_once() -> None:
    rule = CoverageFloor(by="grade", percent=40)
    twice = [Pair(mentor="M1", mentee="E4"), Pair(mentor="M2", mentee="E4")]
    assert rule.breaches(PROBLEM, twice) == [
        "1 of the 5 mentees of SEO have a mentor, and at least 2 (40%) should"
    ]
    assert shares(rule, PROBLEM, "M1", "E4") == {}
    assert rule.matched_group(PROBLEM, PROBLEM.by_reference["E4"]) == "SEO"


def test_who_has_no_such_fact_on_record_is_in_no_group() -> None:
    rule = CoverageFloor(by="department", percent=100)
    assert rule.matched_group(PROBLEM, PROBLEM.by_reference["E5"]) is None
    with pytest.raises(KeyError):
        rule.group_bounds(PROBLEM, "Nowhere")


def test_every_group_is_broken_by_an_answer_without_pairs() -> None:
    limit = CoverageFloor(by="department", percent=1).limit(PROBLEM)
    assert [limit.label(code) for code in limit.needed] == ["DfE", "HMRC"]


def test_floors_are_counted_against_the_places_one_by_one_and_together() -> None:
    scarce = a_problem(
        a_mentor("M1", capacity=2),
        *(a_mentee(f"E{number}", profession="Policy") for number in (1, 2, 3)),
        a_mentee("E4", profession="Legal"),
    )
    assert CoverageFloor(by="profession", percent=100).minimums(scarce) == [
        Minimum("mentees of Legal with a mentor", wanted=1, reachable=1),
        Minimum("mentees of Policy with a mentor", wanted=3, reachable=2),
        Minimum("mentees of all groups with a mentor", wanted=4, reachable=2),
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {"by": "department"},
        {"by": "team", "percent": 50},
        {"by": "grade", "percent": 0},
        {"by": "grade", "percent": 101},
        {"by": "grade", "percent": "50"},
    ],
)
def test_settings_outside_the_contract_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CoverageFloor.model_validate(settings)
