from __future__ import annotations

from typing import Any

import pytest

from models.domain.account import AccountRole
from service.errors import NotPermitted
from service.security.identity import identity_of

ROLES: dict[str, AccountRole] = {"plan": "planner", "plan too": "planner", "run": "admin"}
CLAIMS: dict[str, Any] = {"iss": "https://login.example", "sub": "somebody"}


def code_of(**claims: Any) -> str:
    with pytest.raises(NotPermitted) as refused:
        identity_of(CLAIMS | claims, "groups", ROLES)
    (issue,) = refused.value.issues
    return issue.code


@pytest.mark.parametrize("groups", ["plan", ["plan"], ["plan", "plan too"], ["x", "plan", 7, None]])
def test_a_role_comes_from_the_claim_by_the_mapping(groups: Any) -> None:
    identity = identity_of(CLAIMS | {"groups": groups}, "groups", ROLES)
    assert (identity.subject, identity.role, identity.email) == ("somebody", "planner", None)


@pytest.mark.parametrize(
    "groups", [None, [], "", "admin", ["planner"], {"run": 1}, [["run"]], 1, True]
)
def test_what_the_mapping_does_not_name_gives_no_role(groups: Any) -> None:
    assert code_of(groups=groups) == "SIGN_IN_ROLE_MISSING"


def test_nobody_both_plans_and_administers() -> None:
    assert code_of(groups=["plan", "run"]) == "SIGN_IN_ROLE_AMBIGUOUS"


@pytest.mark.parametrize("verified", [None, False, "true", 1, {}])
def test_an_address_that_is_not_verified_is_not_believed(verified: Any) -> None:
    claims = {"groups": "plan", "email": "a@example.gov.uk", "email_verified": verified}
    assert code_of(**claims) == "SIGN_IN_EMAIL_NOT_VERIFIED"


def test_a_verified_address_is_kept() -> None:
    claims = CLAIMS | {"groups": "plan", "email": "a@example.gov.uk", "email_verified": True}
    assert identity_of(claims, "groups", ROLES).email == "a@example.gov.uk"
