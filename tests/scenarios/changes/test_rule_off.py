from __future__ import annotations

from scenarios.changes.rule_off import RuleOff
from tests.scenarios.rounds import a_document, refusal


def test_the_rule_is_off_and_its_settings_and_weight_are_gone() -> None:
    policy = {
        "rules": {"expertise_overlap": {"ranked": False}, "grade_seniority": {}},
        "weights": {"expertise_overlap": 3},
    }
    changed = RuleOff(rule="expertise_overlap").applied(a_document(policy=policy))["policy"]
    assert changed == {
        "rules": {"grade_seniority": {}},
        "weights": {},
        "off": ["expertise_overlap"],
    }


def test_what_is_off_is_not_switched_off() -> None:
    document = a_document(policy={"off": ["line_management"]})
    assert refusal(RuleOff(rule="line_management"), document) == ("CHANGE_WITHOUT_EFFECT", "rule")


def test_it_names_the_rule() -> None:
    assert RuleOff(rule="line_management").told() == "line management is off"
