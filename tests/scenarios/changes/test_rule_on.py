from __future__ import annotations

from scenarios.changes.rule_on import RuleOn
from tests.scenarios.rounds import a_document


def test_the_rule_has_the_settings_given_beside_those_that_it_had() -> None:
    rules = {"grade_seniority": {"min_gap": 0}}
    document = a_document(policy={"rules": rules})
    changed = RuleOn(rule="grade_seniority", settings={"max_gap": 3}).applied(document)
    assert changed["policy"]["rules"] == {"grade_seniority": {"min_gap": 0, "max_gap": 3}}
    assert rules == {"grade_seniority": {"min_gap": 0}}


def test_a_rule_that_was_off_holds() -> None:
    document = a_document(policy={"off": ["line_management", "previous_pairs"]})
    changed = RuleOn(rule="line_management").applied(document)["policy"]
    assert changed == {"off": ["previous_pairs"], "rules": {"line_management": {}}}


def test_it_names_the_rule_with_its_settings() -> None:
    assert RuleOn(rule="different_department").told() == "different department holds"
    told = RuleOn(rule="grade_seniority", settings={"max_gap": 3}).told()
    assert told == "grade seniority holds (max_gap 3)"
