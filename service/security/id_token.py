"""An identity provider's word for who somebody is, and everything that has to hold of it.

OpenID Connect Core 1.0, section 3.1.3.7, read strictly: one algorithm, one audience, and keys
from nowhere but the provider's own address.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jwt import JWTClaimsRegistry

from service.errors import NotAuthenticated, one_issue

LEEWAY = 30
"""By how many seconds the provider's clock may differ from ours."""

LONGEST_ISSUER, LONGEST_SUBJECT = 500, 255


@dataclass(frozen=True)
class Expected:
    """What an ID token has to say; `now` is the moment of the check."""

    issuer: str
    client_id: str
    algorithm: str
    nonce: str
    now: datetime


def read_id_token(text: str, keys: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    """The claims of a token that can be trusted, checked under the provider's published keys.

    Raises `NotAuthenticated` where anything is amiss; the issue says which check failed.
    """
    # What the token's own header offers as a key, or says of its algorithm, is not looked at.
    try:
        token = jwt.decode(text, _signing_keys(keys), algorithms=[expected.algorithm])
        claims = token.claims
        _registry(expected).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise refused(getattr(error, "error", type(error).__name__)) from error
    if str(token.header.get("typ", "JWT")).upper() != "JWT":
        raise refused("typ")
    for claim, longest in (("iss", LONGEST_ISSUER), ("sub", LONGEST_SUBJECT)):
        if not isinstance(claims[claim], str) or not 0 < len(claims[claim]) <= longest:
            raise refused(claim)
    # A token for several may be passed on by any of them.
    if claims["aud"] not in (expected.client_id, [expected.client_id]):
        raise refused("aud")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise refused("azp")
    if not _same(claims["nonce"], expected.nonce):
        raise refused("nonce")
    return claims


def refused(check: str) -> NotAuthenticated:
    """The refusal of an ID token that fails a check."""
    return NotAuthenticated(
        one_issue(
            "SIGN_IN_TOKEN_REFUSED",
            "The identity provider's answer cannot be trusted.",
            hint="Sign in again. Whoever runs the service: see its log for the check that failed.",
            check=check,
        )
    )


def _signing_keys(published: Mapping[str, Any]) -> KeySet:
    """The provider's public keys: a symmetric one among them would make its text a password."""
    keys = [key for key in published["keys"] if isinstance(key, dict) and key.get("kty") != "oct"]
    return KeySet.import_key_set(cast("KeySetSerialization", {"keys": keys}))


def _registry(expected: Expected) -> JWTClaimsRegistry:
    return JWTClaimsRegistry(
        now=int(expected.now.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": expected.issuer},
        sub={"essential": True},
        aud={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )


def _same(given: object, expected: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())
