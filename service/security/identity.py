"""From a trusted ID token's claims to somebody with one role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.domain.account import AccountRole
from service.errors import NotPermitted, one_issue


@dataclass(frozen=True)
class Identity:
    """Who signs in, by the issuer's word, and what they may do."""

    issuer: str
    subject: str
    role: AccountRole
    email: str | None = None


def identity_of(
    claims: Mapping[str, Any], role_claim: str, roles: Mapping[str, AccountRole]
) -> Identity:
    """The identity in an ID token. Raises `NotPermitted` without exactly one role of ours, or
    with an e-mail address that the provider has not verified."""
    return Identity(
        issuer=claims["iss"],
        subject=claims["sub"],
        role=_role(claims.get(role_claim), roles),
        email=_email(claims),
    )


def _role(given: object, roles: Mapping[str, AccountRole]) -> AccountRole:
    values = given if isinstance(given, list) else [given]
    found = {roles[value] for value in values if isinstance(value, str) and value in roles}
    if len(found) == 1:
        return found.pop()
    if found:
        # One account that plans and administers could hide its own tracks.
        raise NotPermitted(
            one_issue(
                "SIGN_IN_ROLE_AMBIGUOUS",
                f"The identity provider gives you the roles {' and '.join(sorted(found))}.",
                hint="One account has one role: ask for an account of its own for each.",
                value=sorted(found),
            )
        )
    raise NotPermitted(
        one_issue(
            "SIGN_IN_ROLE_MISSING",
            "The identity provider gives you no role in this service.",
            hint="Ask whoever gives out access to put you into a group that has one.",
        )
    )


def _email(claims: Mapping[str, Any]) -> str | None:
    email = claims.get("email")
    if email is None:
        return None
    if not isinstance(email, str) or claims.get("email_verified") is not True:
        raise NotPermitted(
            one_issue(
                "SIGN_IN_EMAIL_NOT_VERIFIED",
                "The identity provider has not verified your e-mail address.",
                hint="Verify it there, and sign in again.",
            )
        )
    return email
