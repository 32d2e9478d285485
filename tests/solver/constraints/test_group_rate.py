from __future__ import annotations

import pytest

from models.domain.participant import Pair
from solver.constraints.group_rate import GroupRate
from solver.rulebook import all_rules, offered_rules
from tests.builders import a_mentee, a_mentor, a_problem
from tests.solver.intake.documents import a_document, issues_of, places

PROBLEM = a_problem(
    a_mentor("M1", capacity=3),
    *(a_mentee(f"E{number}", department="HMRC") for number in (1, 2, 3)),
    a_mentee("E4", department="DfE"),
    a_mentee("E5"),
)


@pytest.mark.parametrize(
    ("per_million", "least"), [(0, 0), (1, 1), (333_333, 1), (333_334, 2), (1_000_000, 3)]
)
def test_the_rate_is_rounded_up_to_whole_people(per_million: int, least: int) -> None:
    rule = GroupRate(by="department", per_million=per_million)
    assert rule.group_bounds(PROBLEM, "HMRC") == (least, 3)


def test_nothing_is_asked_of_groups_that_are_too_small() -> None:
    rule = GroupRate(by="department", per_million=500_000, from_size=2)
    assert rule.group_bounds(PROBLEM, "DfE") == (0, 1)
    assert rule.breaches(PROBLEM, [Pair(mentor="M1", mentee="E1")]) == [
        "1 of the 3 mentees of HMRC have a mentor, and at least 2 (50.00%) should"
    ]


def test_what_is_no_group_is_refused() -> None:
    with pytest.raises(KeyError):
        GroupRate(by="department", per_million=1).group_bounds(PROBLEM, "Ofsted")


def test_no_policy_may_name_it() -> None:
    assert "group_rate" in all_rules()
    assert "group_rate" not in offered_rules()
    policy = {"rules": {"group_rate": {"by": "grade", "per_million": 1}}}
    issues = issues_of(a_document(policy=policy))
    assert places(issues) == [("UNKNOWN_RULE", "/policy/rules/group_rate")]
