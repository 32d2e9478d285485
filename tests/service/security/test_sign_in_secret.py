from __future__ import annotations

import re

import pytest

from service.security.sign_in_secret import SignInSecret


def parts(secret: SignInSecret) -> set[str]:
    return {secret.text, secret.state, secret.nonce, secret.code_verifier, secret.digest}


def test_state_nonce_and_verifier_are_different_and_of_one_attempt() -> None:
    one, other = SignInSecret.fresh(), SignInSecret.fresh()
    assert len(parts(one) | parts(other)) == 10
    assert SignInSecret.read(one.text) == one
    assert parts(SignInSecret(one.text)) == parts(one)


def test_the_verifier_has_the_shape_that_pkce_asks_for() -> None:
    """RFC 7636: 43 to 128 unreserved characters."""
    assert re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", SignInSecret.fresh().code_verifier)


@pytest.mark.parametrize("text", ["", "x" * 42, "é" * 43, "x" * 43 + "\n"])
def test_what_is_no_secret_is_not_read(text: str) -> None:
    assert SignInSecret.read(text) is None


def test_a_secret_is_not_shown() -> None:
    secret = SignInSecret.fresh()
    assert secret.text not in repr(secret)
