from typing import Any

import pytest
from pydantic import ValidationError

from models.domain.participant import Pair
from solver.constraints.department_quota import DepartmentQuota
from solver.rule import Minimum
from tests.builders import a_mentee, a_mentor, a_problem
from tests.voices import shares

PROBLEM = a_problem(
    *(a_mentor("M1", department="HMRC", capacity=2), a_mentor("M2", department="DfE")),
    *(a_mentee("E1", department="DfE"), a_mentee("E2", department="DfE"), a_mentee("E3")),
)
PAIRS = [Pair(mentor="M1", mentee="E1"), Pair(mentor="M1", mentee="E2")]


def a_quota(**sides: Any) -> DepartmentQuota:
    return DepartmentQuota.model_validate(sides)


def test_a_departments_mentors_have_at_most_so_many_pairs() -> None:
    assert a_quota(mentors={"HMRC": {"most": 2}}).breaches(PROBLEM, PAIRS) == []
    assert a_quota(mentors={"HMRC": {"most": 1}}).breaches(PROBLEM, PAIRS) == [
        "the mentors of HMRC have 2 pairs and may have 1"
    ]


def test_a_departments_mentees_have_at_least_so_many_pairs() -> None:
    assert a_quota(mentees={"DfE": {"least": 2}}).breaches(PROBLEM, PAIRS) == []
    assert a_quota(mentees={"DfE": {"least": 3}}).breaches(PROBLEM, PAIRS) == [
        "the mentees of DfE have 2 pairs and should have at least 3"
    ]


def test_the_two_sides_of_a_department_are_counted_apart() -> None:
    quota = a_quota(mentors={"DfE": {"most": 0}}, mentees={"DfE": {"most": 2}})
    assert quota.breaches(PROBLEM, PAIRS) == []
    assert shares(quota, PROBLEM, "M2", "E1") == {'["mentors","DfE"]': 1, '["mentees","DfE"]': 1}
    assert shares(quota, PROBLEM, "M1", "E3") == {}


def test_without_an_upper_end_a_departments_places_are_the_limit() -> None:
    quota = a_quota(mentors={"HMRC": {"least": 1}}, mentees={"HMRC": {"least": 1}})
    assert quota.group_bounds(PROBLEM, '["mentors","HMRC"]') == (1, 2)
    assert quota.group_bounds(PROBLEM, '["mentees","HMRC"]') == (1, 1)
    with pytest.raises(KeyError):
        quota.group_bounds(PROBLEM, '["mentors","DfE"]')


def test_an_answer_without_pairs_breaks_a_least_number_of_nobodys_department() -> None:
    quota = a_quota(mentors={"Nowhere": {"least": 1}, "HMRC": {"most": 1}})
    limit = quota.limit(PROBLEM)
    assert [limit.label(code) for code in limit.needed] == ['["mentors","Nowhere"]']
    assert quota.breaches(PROBLEM, []) == [
        "the mentors of Nowhere have no pairs and should have at least 1"
    ]


def test_least_numbers_are_counted_against_the_places_one_by_one_and_together() -> None:
    quota = a_quota(mentors={"HMRC": {"least": 3}, "DfE": {"least": 1}})
    assert quota.minimums(PROBLEM)[:3] == [
        Minimum("pairs of the mentors of DfE", wanted=1, reachable=1),
        Minimum("pairs of the mentors of HMRC", wanted=3, reachable=2),
        Minimum("pairs of the mentors of all departments with a quota", wanted=4, reachable=3),
    ]


def test_a_least_number_above_the_most_is_refused() -> None:
    with pytest.raises(ValidationError, match="least 3 is above most 2") as refused:
        a_quota(mentors={"HMRC": {"least": 3, "most": 2}})
    assert refused.value.errors()[0]["loc"] == ("mentors", "HMRC")


@pytest.mark.parametrize("quota", [{"least": -1}, {"most": 1.0}, {"most": True}, {"lest": 1}, 3])
def test_a_quota_that_is_not_two_whole_numbers_is_refused(quota: object) -> None:
    with pytest.raises(ValidationError):
        a_quota(mentees={"HMRC": quota})
