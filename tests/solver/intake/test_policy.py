from __future__ import annotations

from typing import Any

import pytest

from models.domain.issue import Issue
from models.domain.policy import Policy
from models.domain.submission import PolicySubmission
from models.reference import civil_service
from solver.intake import resolve_policy
from solver.rulebook import all_rules, choose_rules
from tests.solver.intake.documents import places


def resolve(**policy: Any) -> tuple[Policy | None, tuple[Issue, ...]]:
    return resolve_policy(PolicySubmission.model_validate(policy), civil_service())


@pytest.mark.parametrize("name", ["civil-service", "staff-network"])
def test_a_shipped_profile_resolves_without_a_word(name: str) -> None:
    policy, issues = resolve(profile=name)
    assert issues == ()
    assert policy is not None
    assert policy.profile == name
    assert choose_rules(policy).constraints


@pytest.mark.parametrize("name", ["civil-service", "staff-network"])
def test_a_policy_survives_its_own_json(name: str) -> None:
    """A certificate is checked against the problem as it was written to a file."""
    policy, _ = resolve(profile=name)
    assert policy is not None
    again = Policy.model_validate_json(policy.model_dump_json())
    assert again == policy
    assert choose_rules(again) == choose_rules(policy)


def test_the_default_is_the_profile_of_the_civil_service() -> None:
    assert resolve() == resolve(profile="civil-service")


def test_an_unknown_profile_does_not_hide_the_other_problems() -> None:
    policy, issues = resolve(
        profile="civil-servce", off=["nobody_knows"], levels=["nobody_knows"], waivable=["x"]
    )
    assert policy is None
    assert places(issues) == [
        ("UNKNOWN_LEVEL", "/policy/levels/0"),
        ("UNKNOWN_RULE", "/policy/off/0"),
        ("UNKNOWN_PROFILE", "/policy/profile"),
        ("UNKNOWN_RULE", "/policy/waivable/0"),
        ("NOTHING_WAIVED", "/policy/waivable"),
    ]
    assert issues[2].hint.startswith('Did you mean "civil-service"?')


def test_the_default_conflict_mode_may_be_named() -> None:
    assert resolve(on_conflict="reject") == resolve()


def test_the_basis_for_special_category_data_is_the_rounds_or_the_profiles() -> None:
    def basis(**policy: Any) -> str | None:
        resolved, _ = resolve(**policy)
        assert resolved is not None
        return resolved.special_category_basis

    assert basis() is None
    assert basis(profile="staff-network") == "explicit consent"
    given = {"basis": "public interest"}
    assert basis(profile="staff-network", special_category=given) == "public interest"


def test_every_rule_that_can_never_be_off_is_in_every_policy() -> None:
    always = {name for name, rule in all_rules().items() if not rule.can_be_switched_off}
    policy, _ = resolve()
    assert policy is not None
    assert always <= {choice.name for choice in policy.rules}
    assert always == {"different_person", "mentor_capacity", "mentee_demand", "pinned_pairs"}
