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


def resolve(**policy: Any) -> tuple[tuple[str, ...], IssueLog]:
    log = IssueLog()
    return resolve_levels(PolicySubmission.model_validate(policy), PROFILE, log), log


@pytest.mark.parametrize(
    ("policy", "levels"),
    [
        ({}, ("mentees_matched", "mentors_used", "points", "lottery")),
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
        ({"levels": ["bucket_1", "points"]}, "UNKNOWN_LEVEL", "levels/0"),
    ],
)
def test_each_fault_has_its_code_and_its_place(
    policy: dict[str, Any], code: str, place: str
) -> None:
    _, log = resolve(**policy)
    assert places(log.issues()) == [(code, f"/policy/{place}")]
