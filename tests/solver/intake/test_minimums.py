from typing import Any

from models.domain.issue import Issue
from tests.solver.intake.documents import (
    a_document,
    a_mentee_row,
    a_mentor_row,
    issues_of,
    places,
)


def minimums(*people: Any, pins: Any = (), **rules: Any) -> tuple[Issue, ...]:
    return issues_of(a_document(*people, policy={"rules": rules}, pins=list(pins)))


def test_a_quota_above_the_departments_places_is_refused_with_the_numbers() -> None:
    people = (
        a_mentor_row("M-1", department="HMRC", mentor={"capacity": 2}),
        a_mentor_row("M-2", department="DfE", mentor={"capacity": 3}),
        *(a_mentee_row(f"E-{number}") for number in range(6)),
    )
    (issue,) = minimums(*people, department_quota={"mentors": {"HMRC": {"least": 3}}})
    assert places([issue]) == [("MINIMUM_UNREACHABLE", "/policy/rules/department_quota")]
    assert issue.message == (
        "`department_quota` asks for at least 3 pairs of the mentors of HMRC, "
        "and there are places for 2"
    )
    assert issue.detail == {
        "rule": "department_quota",
        "group": "pairs of the mentors of HMRC",
        "wanted": 3,
        "reachable": 2,
    }
    assert minimums(*people, department_quota={"mentors": {"HMRC": {"least": 2}}}) == ()


def test_floors_that_each_could_be_met_and_not_all_together_are_refused() -> None:
    people = (
        a_mentor_row("M-1"),
        a_mentee_row("E-1", department="HMRC"),
        a_mentee_row("E-2", department="DfE"),
    )
    floor = {"by": "department", "percent": 50}
    (issue,) = minimums(*people, coverage_floor=floor)
    assert issue.code == "MINIMUM_UNREACHABLE"
    assert (issue.detail["wanted"], issue.detail["reachable"]) == (2, 1)


def test_people_who_could_not_be_read_are_not_counted_as_missing() -> None:
    """With the broken row left out the quota would be beyond reach, though nobody said so."""
    broken = a_mentor_row("M-1", department="HMRC", grade="Grade 99")
    issues = minimums(broken, a_mentee_row(), department_quota={"mentors": {"HMRC": {"least": 1}}})
    assert places(issues) == [("UNKNOWN_GRADE", "/participants/0/grade")]


def test_pins_over_a_further_limit_are_refused() -> None:
    people = (
        a_mentor_row("M-1", mentor={"capacity": 2}),
        *(a_mentee_row(name, team="T1") for name in ("E-1", "E-2")),
    )
    pins = [{"mentor": "M-1", "mentee": name} for name in ("E-1", "E-2")]
    (issue,) = minimums(*people, pins=pins, same_team_apart={})
    assert places([issue]) == [("GROUP_CAP_OVER_PINNED", "/pins/1")]
    assert (issue.detail["rule"], issue.detail["cap"]) == ("same_team_apart", 1)


def test_pins_that_other_pairs_may_make_up_for_are_no_issue() -> None:
    people = (
        a_mentor_row("M-1", mentor={"capacity": 2}),
        *(a_mentee_row(name) for name in ("E-1", "E-2")),
    )
    pins = [{"mentor": "M-1", "mentee": "E-1"}]
    assert minimums(*people, pins=pins, group_minimum={"minimum": 2}) == ()
