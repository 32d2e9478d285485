"""The checks of an ID token, apart from the way it comes; the forgeries are told in
`tests/service/api/test_sign_in.py`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey

from service.errors import NotAuthenticated
from service.security.id_token import LEEWAY, Expected, read_id_token
from tests.service.providers import a_key, signed

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EXPECTED = Expected(
    issuer="https://login.example", client_id="pairwell", algorithm="RS256", nonce="n", now=NOW
)
CLAIMS: dict[str, Any] = {
    "iss": "https://login.example",
    "sub": "somebody",
    "aud": "pairwell",
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 60,
    "nonce": "n",
}
KEYS = {"keys": [a_key().as_dict(private=False)]}


def check_that_failed(token: str, keys: Any = KEYS, expected: Expected = EXPECTED) -> str:
    with pytest.raises(NotAuthenticated) as refused:
        read_id_token(token, keys, expected)
    (issue,) = refused.value.issues
    return str(issue.detail["check"])


@pytest.mark.parametrize("audience", ["pairwell", ["pairwell"]])
def test_an_honest_token_gives_its_claims(audience: Any) -> None:
    claims = CLAIMS | {"aud": audience, "azp": "pairwell"}
    assert read_id_token(signed(claims), KEYS, EXPECTED) == claims


def test_clocks_may_differ_by_the_leeway_and_no_more() -> None:
    late = NOW + timedelta(seconds=60 + LEEWAY - 1)
    token = signed(CLAIMS)
    assert read_id_token(token, KEYS, Expected(**vars(EXPECTED) | {"now": late}))
    later = late + timedelta(seconds=1)
    expected = Expected(**vars(EXPECTED) | {"now": later})
    assert check_that_failed(token, expected=expected) == "expired_token"


def test_another_algorithm_is_refused_even_with_the_providers_own_key() -> None:
    key = ECKey.generate_key("P-256", {"kid": "curve"})
    token = signed(CLAIMS, key, alg="ES256")  # type: ignore[arg-type]
    keys = {"keys": [*KEYS["keys"], key.as_dict(private=False)]}
    assert check_that_failed(token, keys) == "unsupported_algorithm"
    pinned = Expected(**vars(EXPECTED) | {"algorithm": "ES256"})
    assert read_id_token(token, keys, pinned) == CLAIMS
    assert check_that_failed(signed(CLAIMS), keys, pinned) == "unsupported_algorithm"


def test_a_key_that_is_for_something_else_signs_nothing() -> None:
    keys = {"keys": [a_key().as_dict(private=False) | {"use": "enc"}]}
    assert check_that_failed(signed(CLAIMS), keys)


@pytest.mark.parametrize(
    "keys", [{}, {"keys": []}, {"keys": [{"kty": "oct", "k": "eA"}]}, {"keys": [7]}]
)
def test_keys_that_are_none_let_nobody_in(keys: Any) -> None:
    assert check_that_failed(signed(CLAIMS), keys)


@pytest.mark.parametrize(
    "token", ["", ".", "..", "a.b", "a.b.c", "a.b.c.d.e", "é.é.é", "x" * 10_000]
)
def test_what_is_no_token_is_refused(token: str) -> None:
    assert check_that_failed(token)
