"""Every forged ID token: none signs anybody in (S17)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.service.providers import Claims, a_key, a_provider, signed, signed_with_text, unsigned
from tests.service.sign_ins import a_browser_at, assert_nobody_got_in, code_of, signing_in

Forge = Callable[[Claims], str]

FORGED_CLAIMS: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://elsewhere.example"},
    "an issuer that only begins like ours": {"iss": "http://127.0.0.1"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "elsewhere"},
    "a list of another audience": {"aud": ["elsewhere"]},
    "another audience beside us": {"aud": ["pairwell", "elsewhere"]},
    "no audience": {"aud": None},
    "meant for another party": {"azp": "elsewhere"},
    "another nonce": {"nonce": "x" * 43},
    "a list with any nonce": {"nonce": ["x"]},
    "no nonce": {"nonce": None},
    "expired": {"exp": int(time.time()) - 3600},
    "an end that never comes": {"exp": math.nan},
    "no end": {"exp": None},
    "made in the future": {"iat": int(time.time()) + 3600},
    "no moment of making": {"iat": None},
    "not good yet": {"nbf": int(time.time()) + 3600},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject of any length": {"sub": "x" * 256},
    "a subject that is no text": {"sub": 7},
    "an e-mail that is not verified": {"email_verified": False},
    "an e-mail that says it is verified": {"email_verified": "true"},
    "an e-mail of which nothing is said": {"email_verified": None},
    "no role": {"roles": None},
    "the role's own name instead of the provider's": {"roles": ["admin"]},
    "a machine's role": {"roles": ["hr_system"]},
    "two roles at once": {"roles": ["people-who-plan", "people-who-administer"]},
    "a role in a text of several": {"roles": "people-who-administer people-who-plan"},
    "a role in an object": {"roles": {"people-who-administer": True}},
    "a role in another claim": {"roles": None, "role": "people-who-administer"},
    "a role in capitals": {"roles": ["PEOPLE-WHO-ADMINISTER"]},
}


def test_no_token_with_a_wrong_claim_signs_anybody_in(tmp_path: Path) -> None:
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        browser.fail_freely()
        for forged, claims in FORGED_CLAIMS.items():
            answer = signing_in(browser, provider, **claims)
            assert answer.status_code in (401, 403), (forged, answer.text)
        assert_nobody_got_in(browser, answer, tmp_path)
        assert signing_in(browser, provider).status_code == 303
    print(f"{len(FORGED_CLAIMS)} of {len(FORGED_CLAIMS)} wrong claims refused")


def _under_the_public_key(claims: Claims) -> str:
    """HS/RS confusion: whoever has the public key has this secret."""
    return signed_with_text(claims, a_key().as_pem(private=False), kid="published")


def _with_another_signature(claims: Claims) -> str:
    content, _, _ = signed(claims).rpartition(".")
    _, _, signature = signed(claims | {"sub": "somebody else"}).rpartition(".")
    return f"{content}.{signature}"


def _own_key_in_the_header(claims: Claims) -> str:
    own = a_key("own")
    return signed(claims, own, jwk=own.as_dict(private=False))


FORGED_TOKENS: dict[str, Forge] = {
    "alg none": unsigned,
    "alg none with a signature": lambda claims: unsigned(claims) + "x",
    "HS256 under the public key": _under_the_public_key,
    "HS256 under the client's secret": lambda claims: signed_with_text(
        claims, b"of the provider's making", kid="published"
    ),
    "HS256 under nothing": lambda claims: signed_with_text(claims, b"", kid="../../dev/null"),
    "HS256 under a published text": lambda claims: signed_with_text(
        claims, b"known to everybody who reads", kid="symmetric"
    ),
    "another algorithm of the same key": lambda claims: signed(claims, alg="RS512"),
    "a key that nobody published": lambda claims: signed(claims, a_key("own")),
    "such a key under a published name": lambda claims: signed(
        claims, a_key("own"), kid="published"
    ),
    "a key in the token's own header": _own_key_in_the_header,
    "a key at an address of the token's": lambda claims: signed(
        claims, a_key("own"), jku="https://elsewhere.example/keys"
    ),
    "a name of a key that asks a database": lambda claims: signed(
        claims, a_key("own"), kid="' UNION SELECT 'x"
    ),
    "a signature of another token": _with_another_signature,
    "no signature": lambda claims: signed(claims).rpartition(".")[0] + ".",
    "a token that is for something else": lambda claims: signed(claims, typ="logout+jwt"),
    "no token": lambda claims: "",
    "claims that are a list": lambda claims: signed_with_text([], b"x"),  # type: ignore[arg-type]
    "claims beyond what is understood": lambda claims: signed(claims, crit=["b64"], b64=False),
}


def test_no_token_that_was_not_signed_as_agreed_signs_anybody_in(tmp_path: Path) -> None:
    """The provider also publishes a symmetric key, which makes its text no password."""
    text = {"kty": "oct", "kid": "symmetric", "k": "a25vd24gdG8gZXZlcnlib2R5IHdobyByZWFkcw"}
    with a_provider(published=[text]) as provider, a_browser_at(provider, tmp_path) as browser:
        browser.fail_freely()
        for forged, provider.token in FORGED_TOKENS.items():
            answer = signing_in(browser, provider)
            assert (answer.status_code, code_of(answer)) == (401, "SIGN_IN_TOKEN_REFUSED"), forged
        assert_nobody_got_in(browser, answer, tmp_path)
        provider.token = signed
        assert signing_in(browser, provider).status_code == 303
    print(f"{len(FORGED_TOKENS)} of {len(FORGED_TOKENS)} wrong signatures refused")
