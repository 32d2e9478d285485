from __future__ import annotations

from typing import Any

import pytest

from models.domain.programme import Profile
from models.domain.submission import PolicySubmission
from solver.intake.issue_log import IssueLog
from solver.intake.levels import resolve_levels
from tests.solver.intake.documents import places

PROFILE = Profile(
    name="test", title="Test", rules={}, levels=("mentees_matched", "mentors_used", "points")
)
TIERS = ("mentees_matched_1", "mentees_matched_2", "mentees_matched_3")


def resolve(**policy: Any) -> tuple[tuple[str, ...], IssueLog]:
    log = IssueLog()
    return resolve_levels(PolicySubmission.model_validate(policy), PROFILE, log), log


@pytest.mark.parametrize(
    ("policy", "levels"),
    [
        ({}, ("mentees_matched", "mentors_used", "points", "lottery")),
        (
            {"fairness": {"mode": "coverage"}},
            ("mentees_matched", "mentors_used", "points", "lottery"),
        ),
        ({"fairness": {}}, ("mentees_matched", "mentors_used", "points", "lottery")),
        ({"fairness": {"mode": "total"}}, ("points", "lottery")),
        (
            {"fairness": {"mode": "priority_tiers", "floor": None}},
            (*TIERS, "mentors_used", "points", "lottery"),
        ),
        ({"levels": ["points"]}, ("points", "lottery")),
        ({"levels": ["points", "mentees_matched"]}, ("points", "mentees_matched", "lottery")),
        ({"levels": ["points", "lottery"]}, ("points", "lottery")),
    ],
)
def test_the_levels_of_a_policy(policy: dict[str, Any], levels: tuple[str, ...]) -> None:
    resolved, log = resolve(**policy)
    assert resolved == levels
    assert log.issues() == ()


@pytest.mark.parametrize(
    ("policy", "code", "place"),
    [
        ({"levels": []}, "INVALID_LEVELS", "levels"),
        ({"levels": ["lottery"]}, "INVALID_LEVELS", "levels"),
        ({"levels": ["points", "points"]}, "INVALID_LEVELS", "levels/1"),
        ({"levels": ["lottery", "points"]}, "INVALID_LEVELS", "levels/0"),
        ({"levels": ["poits"]}, "UNKNOWN_LEVEL", "levels/0"),
        ({"fairness": {"mode": "fairest"}}, "UNKNOWN_FAIRNESS", "fairness/mode"),
        ({"fairness": {"mode": "leximin"}}, "NOT_AVAILABLE", "fairness/mode"),
        ({"fairness": {"mode": "floor", "floor": {}}}, "NOT_AVAILABLE", "fairness/mode"),
        ({"fairness": {"floor": {"points": 5}}}, "INVALID_SETTING", "fairness/floor"),
        ({"levels": ["points"], "fairness": {}}, "LEVELS_AND_FAIRNESS", "levels"),
    ],
)
def test_each_fault_has_its_code_and_its_place(
    policy: dict[str, Any], code: str, place: str
) -> None:
    _, log = resolve(**policy)
    assert places(log.issues()) == [(code, f"/policy/{place}")]


def test_levels_and_fairness_are_each_checked_although_only_one_may_be_given() -> None:
    _, log = resolve(levels=["poits"], fairness={"mode": "fairest"})
    assert places(log.issues()) == [
        ("UNKNOWN_FAIRNESS", "/policy/fairness/mode"),
        ("LEVELS_AND_FAIRNESS", "/policy/levels"),
        ("UNKNOWN_LEVEL", "/policy/levels/0"),
    ]
