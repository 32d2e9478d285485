from __future__ import annotations

from typing import Any

import pytest

from models.domain.submission import PolicySubmission
from models.reference import civil_service
from solver.intake.policy import resolve_policy
from tests.solver.intake.documents import places


def resolve(**policy: Any) -> tuple[tuple[str, ...] | None, list[tuple[str, str]]]:
    """The waivable rules, and the issues by code and place."""
    found, issues = resolve_policy(PolicySubmission(**policy), civil_service())
    return (found.waivable if found else None), places(issues)


def test_the_rules_on_who_may_be_paired_can_be_waived() -> None:
    names = ["travel_region", "quality_floor", "grade_seniority", "travel_region"]
    waivable, issues = resolve(on_conflict="waive", waivable=names)
    assert issues == []
    assert waivable == ("grade_seniority", "quality_floor", "travel_region")


@pytest.mark.parametrize(
    "name",
    ["different_person", "mentor_capacity", "mentee_demand", "pinned_pairs", "one_direction"],
)
def test_no_other_rule_can(name: str) -> None:
    waivable, issues = resolve(on_conflict="waive", waivable=["travel_region", name])
    assert waivable is None
    assert issues == [("CANNOT_WAIVE", "/policy/waivable/1")]


def test_what_can_be_waived_is_listed_in_the_hint() -> None:
    given = PolicySubmission(on_conflict="waive", waivable=["mentor_capacity"])
    _, (issue,) = resolve_policy(given, civil_service())
    assert "grade_seniority" in issue.hint
    assert "mentor_capacity" not in issue.hint


def test_an_unknown_rule_is_refused_with_the_nearest_name() -> None:
    given = PolicySubmission(on_conflict="waive", waivable=["travel_regoin"])
    _, (issue,) = resolve_policy(given, civil_service())
    assert (issue.code, issue.pointer) == ("UNKNOWN_RULE", "/policy/waivable/0")
    assert issue.hint == 'Did you mean "travel_region"?'


@pytest.mark.parametrize("mode", ["reject", "drop"])
def test_a_list_without_the_mode_waives_nothing_and_says_so(mode: str) -> None:
    waivable, issues = resolve(on_conflict=mode, waivable=["travel_region"])
    assert waivable == ()
    assert issues == [("NOTHING_WAIVED", "/policy/waivable")]


def test_the_mode_without_a_list_waives_nothing_and_says_so() -> None:
    assert resolve(on_conflict="waive") == ((), [("NOTHING_WAIVED", "/policy/on_conflict")])
