from __future__ import annotations

from typing import Any

import pytest

from models.domain.policy import Policy
from models.domain.programme import Profile
from models.domain.submission import PolicySubmission
from solver.intake.issue_log import IssueLog
from solver.intake.policy import read_policy
from tests.solver.intake.documents import a_document, issues_of, places, problem_of

PROFILE = Profile(
    name="test",
    title="Test",
    rules={"profession_match": {"weight": 10}},
    levels=("mentees_matched", "mentors_used", "points"),
)


def read(**policy: Any) -> tuple[Policy, IssueLog]:
    log = IssueLog()
    return read_policy(PolicySubmission.model_validate(policy), PROFILE, log), log


def settings_of(policy: Policy, rule: str) -> dict[str, Any] | None:
    return next((choice.settings for choice in policy.rules if choice.name == rule), None)


def test_a_policy_that_names_no_mode_has_none() -> None:
    policy, _ = read()
    assert policy.fairness is None
    assert policy.levels == ("mentees_matched", "mentors_used", "points", "lottery")


def test_a_mode_without_a_name_is_coverage() -> None:
    policy, log = read(fairness={})
    assert log.issues() == ()
    assert policy.fairness is not None
    assert policy.fairness.mode == "coverage"
    assert policy.levels == read()[0].levels


def test_a_mode_sets_the_levels_and_keeps_those_that_it_replaced() -> None:
    policy, log = read(fairness={"mode": "total", "floor": None})
    assert log.issues() == ()
    assert policy.levels == ("points", "lottery")
    assert policy.fairness is not None
    assert policy.fairness.levels_without == read()[0].levels


def test_a_modes_settings_are_written_out_and_change_the_rules_at_once() -> None:
    policy, log = read(fairness={"mode": "floor", "floor": {"points": 7}})
    assert log.issues() == ()
    assert policy.fairness is not None
    assert policy.fairness.settings == {"points": 7}
    assert policy.fairness.rules_without == {"quality_floor": None}
    assert settings_of(policy, "quality_floor") == {"points": 7}


@pytest.mark.parametrize(
    ("policy", "code", "place"),
    [
        ({"fairness": {"mode": "fairest"}}, "UNKNOWN_FAIRNESS", "fairness/mode"),
        ({"fairness": {"floor": {"points": 5}}}, "INVALID_SETTING", "fairness/floor"),
        ({"fairness": {"mode": "total", "total": {"x": 1}}}, "INVALID_SETTING", "fairness/total/x"),
        ({"fairness": {"mode": "floor"}}, "INVALID_SETTING", "fairness/floor"),
        ({"fairness": {"mode": "floor", "floor": {}}}, "INVALID_SETTING", "fairness/floor/points"),
        (
            {"fairness": {"mode": "floor", "floor": {"points": -1}}},
            "INVALID_SETTING",
            "fairness/floor/points",
        ),
        (
            {"fairness": {"mode": "floor", "floor": {"points": 1, "pionts": 1}}},
            "INVALID_SETTING",
            "fairness/floor/pionts",
        ),
        (
            {"fairness": {"mode": "floor", "floor": {"points": 1}, "flor": {}}},
            "INVALID_SETTING",
            "fairness/flor",
        ),
        (
            {"fairness": {"mode": "floor", "floor": {"points": 1}}, "off": ["quality_floor"]},
            "RULE_ON_AND_OFF",
            "off/0",
        ),
        (
            {"fairness": {"mode": "leximin", "leximin": {"buckets": 11}}},
            "INVALID_SETTING",
            "fairness/leximin/buckets",
        ),
        (
            {"fairness": {"mode": "group_parity", "group_parity": {"by": "grade"}}},
            "INVALID_SETTING",
            "fairness/group_parity/percent",
        ),
        ({"levels": ["points"], "fairness": {}}, "LEVELS_AND_FAIRNESS", "levels"),
    ],
)
def test_each_fault_has_its_code_and_its_place(
    policy: dict[str, Any], code: str, place: str
) -> None:
    _, log = read(**policy)
    assert places(log.issues()) == [(code, f"/policy/{place}")]


def test_an_unknown_mode_is_met_with_the_nearest_and_with_all() -> None:
    _, log = read(fairness={"mode": "flor"})
    (issue,) = log.issues()
    assert issue.hint.startswith('Did you mean "floor"? Known are balanced_load, coverage, floor,')


def test_an_unknown_setting_is_met_with_the_nearest() -> None:
    _, log = read(fairness={"mode": "floor", "floor": {"points": 1, "point": 1}})
    (issue,) = log.issues()
    assert issue.message == "`point` is no setting of the fairness mode `floor`"
    assert issue.hint == 'Did you mean "points"? Known are points.'


def test_levels_and_fairness_are_each_checked_although_only_one_may_be_given() -> None:
    _, log = read(levels=["poits"], fairness={"mode": "fairest"})
    assert places(log.issues()) == [
        ("UNKNOWN_FAIRNESS", "/policy/fairness/mode"),
        ("LEVELS_AND_FAIRNESS", "/policy/levels"),
        ("UNKNOWN_LEVEL", "/policy/levels/0"),
    ]


def test_groups_that_a_mode_leaves_out_are_named_in_a_warning() -> None:
    parity = {"mode": "group_parity", "group_parity": {"by": "grade", "percent": 90}}
    document = a_document(policy={"fairness": parity})
    (issue,) = issues_of(document)
    assert (issue.code, issue.severity) == ("GROUP_TOO_SMALL", "warning")
    assert issue.pointer == "/policy/fairness"
    assert "SEO (1)" in issue.message
    assert problem_of(document).policy.levels[:2] == ("mentees_matched", "smallest_group_rate")
