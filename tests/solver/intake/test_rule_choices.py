from __future__ import annotations

from typing import Any

import pytest

from models.domain.policy import RuleChoice
from models.domain.programme import Profile
from models.domain.submission import PolicySubmission
from solver.intake.issue_log import IssueLog
from solver.intake.rule_choices import resolve_rules
from tests.solver.intake.documents import places

PROFILE = Profile(
    name="test",
    title="Test",
    rules={
        "profession_match": {"weight": 10},
        "preferred_grade_gap": {"weight": 5, "values": {"1": 700, "2": 1000}},
        "grade_seniority": {"min_gap": 2},
        "line_management": {},
    },
    levels=("points",),
)


def resolve(profile: Profile = PROFILE, **policy: Any) -> tuple[dict[str, RuleChoice], IssueLog]:
    log = IssueLog()
    choices = resolve_rules(PolicySubmission.model_validate(policy), profile, log)
    assert list(choices) == sorted(choices, key=lambda choice: (choice.kind, choice.name))
    return {choice.name: choice for choice in choices}, log


def test_every_setting_is_written_out() -> None:
    choices, log = resolve()
    assert log.issues() == ()
    assert choices["grade_seniority"] == RuleChoice(
        kind="eligibility", name="grade_seniority", settings={"min_gap": 2, "max_gap": None}
    )


def test_rules_that_cannot_be_switched_off_need_not_be_named() -> None:
    choices, _ = resolve()
    assert {"different_person", "mentor_capacity"} <= choices.keys()


def test_each_given_setting_replaces_the_profiles_and_leaves_the_others() -> None:
    choices, _ = resolve(
        rules={"grade_seniority": {"max_gap": 4}, "preferred_grade_gap": {"values": {"3": 900}}}
    )
    assert choices["grade_seniority"].settings == {"min_gap": 2, "max_gap": 4}
    assert choices["preferred_grade_gap"].settings == {"weight": 5, "values": {"3": 900}}


def test_a_rule_that_is_off_in_the_profile_is_switched_on_by_its_name() -> None:
    choices, log = resolve(rules={"different_department": {}})
    assert "different_department" in choices
    assert log.issues() == ()


def test_a_weight_is_set_by_name_also_where_the_profile_has_none() -> None:
    choices, _ = resolve(weights={"profession_match": 60, "shared_region": 7})
    assert choices["profession_match"].settings["weight"] == 60
    assert choices["shared_region"].settings["weight"] == 7


def test_a_weight_of_zero_is_off() -> None:
    choices, log = resolve(weights={"profession_match": 0, "keep_pairs": 0})
    assert not {"profession_match", "keep_pairs"} & choices.keys()
    assert log.issues() == ()


def test_off_switches_rules_of_every_kind_off() -> None:
    choices, log = resolve(off=["line_management", "profession_match", "previous_pairs"])
    assert not {"line_management", "profession_match", "previous_pairs"} & choices.keys()
    assert log.issues() == ()


def test_two_ways_of_saying_the_same_are_the_same_policy() -> None:
    assert resolve(off=["profession_match"])[0] == resolve(weights={"profession_match": 0})[0]


@pytest.mark.parametrize(
    ("policy", "code", "place"),
    [
        ({"rules": {"grade_senority": {}}}, "UNKNOWN_RULE", "rules/grade_senority"),
        ({"weights": {"profesion_match": 1}}, "UNKNOWN_RULE", "weights/profesion_match"),
        ({"off": ["line_managment"]}, "UNKNOWN_RULE", "off/0"),
        ({"off": ["mentor_capacity"]}, "CANNOT_SWITCH_OFF", "off/0"),
        ({"off": ["different_person"]}, "CANNOT_SWITCH_OFF", "off/0"),
        (
            {"rules": {"line_management": {}}, "off": ["line_management"]},
            "RULE_ON_AND_OFF",
            "off/0",
        ),
        (
            {"weights": {"profession_match": 3}, "off": ["profession_match"]},
            "RULE_ON_AND_OFF",
            "off/0",
        ),
        ({"weights": {"profession_match": -1}}, "INVALID_WEIGHT", "weights/profession_match"),
        ({"weights": {"profession_match": 101}}, "INVALID_WEIGHT", "weights/profession_match"),
        ({"weights": {"profession_match": 1.5}}, "INVALID_WEIGHT", "weights/profession_match"),
        ({"weights": {"profession_match": True}}, "INVALID_WEIGHT", "weights/profession_match"),
        ({"weights": {"profession_match": None}}, "INVALID_WEIGHT", "weights/profession_match"),
        ({"weights": {"profession_match": 10**30}}, "INVALID_WEIGHT", "weights/profession_match"),
        ({"weights": {"line_management": 5}}, "INVALID_WEIGHT", "weights/line_management"),
        (
            {
                "weights": {"profession_match": 5},
                "rules": {"profession_match": {"weight": 6}},
            },
            "INVALID_WEIGHT",
            "weights/profession_match",
        ),
        (
            {"rules": {"grade_seniority": {"min_gap": "one"}}},
            "INVALID_SETTING",
            "rules/grade_seniority/min_gap",
        ),
        (
            {"rules": {"grade_seniority": {"max_gap": 1}}},
            "INVALID_SETTING",
            "rules/grade_seniority/max_gap",
        ),
        (
            {"rules": {"grade_seniority": {"max_gapp": 3}}},
            "INVALID_SETTING",
            "rules/grade_seniority/max_gapp",
        ),
        (
            {"rules": {"line_management": {"depth": 3}}},
            "INVALID_SETTING",
            "rules/line_management/depth",
        ),
        ({"rules": {"quality_floor": {}}}, "INVALID_SETTING", "rules/quality_floor/points"),
        (
            {"rules": {"profession_match": {"weight": 200}}},
            "INVALID_SETTING",
            "rules/profession_match/weight",
        ),
    ],
)
def test_each_fault_has_its_code_and_its_place(
    policy: dict[str, Any], code: str, place: str
) -> None:
    _, log = resolve(**policy)
    assert places(log.issues()) == [(code, f"/policy/{place}")]


def test_a_hint_names_the_nearest_rule_or_setting() -> None:
    _, log = resolve(
        rules={
            "grade_senority": {},
            "grade_seniority": {"max_gapp": 3},
            "line_management": {"x": 1},
        }
    )
    assert [issue.hint for issue in log.issues()] == [
        'Did you mean "max_gap"? Known are min_gap, max_gap.',
        'Did you mean "grade_seniority"?',
        "It has no settings.",
    ]


def test_a_rule_with_a_fault_is_left_out_of_what_is_checked_further() -> None:
    choices, _ = resolve(rules={"grade_seniority": {"min_gap": "one"}})
    assert "grade_seniority" not in choices


def test_an_objective_that_is_named_and_has_no_weight_is_a_warning() -> None:
    choices, log = resolve(rules={"keep_pairs": {}})
    assert "keep_pairs" not in choices
    (issue,) = log.issues()
    assert (issue.code, issue.severity) == ("OBJECTIVE_WITHOUT_WEIGHT", "warning")
    assert issue.pointer == "/policy/rules/keep_pairs"


def test_a_fault_of_the_profile_itself_is_reported_at_the_profile() -> None:
    broken = PROFILE.model_copy(
        update={"rules": {"nobody_knows": {}, "grade_seniority": {"min_gap": "one"}}}
    )
    _, log = resolve(broken)
    assert places(log.issues()) == [
        ("INVALID_SETTING", "/policy/profile"),
        ("UNKNOWN_RULE", "/policy/profile"),
    ]
