"""Signing in by an identity provider: there, back, and whatever goes wrong on the way (S17)."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from service.api.cookies import SESSION, SIGN_IN
from service.operations.failed_tries import MOST_TRIES
from tests.service.browsers import ORIGIN, Browser
from tests.service.providers import a_provider
from tests.service.services import a_service, all_rows, an_endless_minute
from tests.service.sign_ins import a_browser_at, assert_nobody_got_in, code_of, signing_in


def test_an_honest_provider_lets_somebody_in_with_the_role_of_their_claim(tmp_path: Path) -> None:
    """The control of every test here and of those with forged tokens."""
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        answer = signing_in(browser, provider)
        me = browser.get("/v1/me").json()
    assert (answer.status_code, answer.headers["location"]) == (303, "/v1/me")
    assert (me["by"], me["role"], me["programme"]) == ("session", "planner", "uk-civil-service")
    (account,) = asyncio.run(all_rows(tmp_path))["accounts"]
    assert (account["subject"], account["email"]) == ("somebody", "somebody@example.gov.uk")


def test_the_browser_is_sent_with_state_nonce_and_a_challenge_of_its_own_each_time(
    tmp_path: Path,
) -> None:
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        asked = [
            parse_qs(urlsplit(browser.get("/sign-in").headers["location"]).query) for _ in range(2)
        ]
        secret = browser.cookies[SIGN_IN]
    for query in asked:
        assert query["response_type"] == ["code"]
        assert query["redirect_uri"] == [f"{ORIGIN}/sign-in/callback"]
        assert query["code_challenge_method"] == ["S256"]
        assert secret not in json.dumps(query)
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


def test_an_answer_to_another_attempt_is_refused_before_its_code_is_used(tmp_path: Path) -> None:
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        back = provider.asked(browser.get("/sign-in").headers["location"])
        path, _, query = back.partition("?")
        code = parse_qs(query)["code"][0]
        for state in ("", "&state=", f"&state={'x' * 43}", "&state=%C3%A9"):
            answer = browser.get(f"{path}?code={code}{state}")
            assert code_of(answer) == "SIGN_IN_STATE_REFUSED"
        assert_nobody_got_in(browser, answer, tmp_path)
        assert list(provider.codes) == [code]


def test_a_whole_answer_carried_to_another_browser_signs_nobody_in(tmp_path: Path) -> None:
    """Login forgery: the attacker's code and state, followed by the victim's browser."""
    with a_provider() as provider, a_service(tmp_path, **provider.settings(ORIGIN)) as caller:
        attacker, victim = Browser(caller.client), Browser(caller.client)
        back = provider.asked(attacker.get("/sign-in").headers["location"])
        victim.get("/sign-in")
        answer = victim.get(back)
        assert_nobody_got_in(victim, answer, tmp_path)


def test_a_code_of_another_attempt_fails_for_want_of_its_verifier(tmp_path: Path) -> None:
    """A stolen code, put into an attempt of the thief's own: PKCE is what stops it."""
    with a_provider() as provider, a_service(tmp_path, **provider.settings(ORIGIN)) as caller:
        victim, thief = Browser(caller.client), Browser(caller.client)
        stolen = parse_qs(
            urlsplit(provider.asked(victim.get("/sign-in").headers["location"])).query
        )
        own = parse_qs(urlsplit(thief.get("/sign-in").headers["location"]).query)
        answer = thief.get(f"/sign-in/callback?code={stolen['code'][0]}&state={own['state'][0]}")
        assert_nobody_got_in(thief, answer, tmp_path)
    assert code_of(answer) == "SIGN_IN_CODE_REFUSED"
    assert answer.json()["issues"][0]["detail"] == {"check": "invalid_grant"}


@pytest.mark.parametrize("takes_codes_again", [False, True])
def test_a_sign_in_is_good_once_even_where_the_provider_would_take_it_again(
    tmp_path: Path, takes_codes_again: bool
) -> None:
    with (
        a_provider(takes_codes_again=takes_codes_again) as provider,
        a_service(tmp_path, **provider.settings(ORIGIN)) as caller,
    ):
        browser, copy = Browser(caller.client), Browser(caller.client)
        back = provider.asked(browser.get("/sign-in").headers["location"])
        copy.cookies = dict(browser.cookies)
        assert browser.get(back).status_code == 303
        again, copied = browser.get(back), copy.get(back)
        assert copy.session is None
    assert code_of(again) == "SIGN_IN_STATE_REFUSED"
    assert code_of(copied) == ("SIGN_IN_USED" if takes_codes_again else "SIGN_IN_CODE_REFUSED")
    assert len(asyncio.run(all_rows(tmp_path))["sessions"]) == 1


def test_where_the_redirect_says_whose_it_is_another_provider_is_refused(tmp_path: Path) -> None:
    """RFC 9207, against an attacker's provider that mixes itself in."""
    always = {"authorization_response_iss_parameter_supported": True}
    with a_provider(description=always) as provider, a_browser_at(provider, tmp_path) as browser:
        for said in ("", "&iss=https%3A%2F%2Felsewhere.example"):
            back = provider.asked(browser.get("/sign-in").headers["location"])
            assert_nobody_got_in(browser, browser.get(back + said), tmp_path)
        back = provider.asked(browser.get("/sign-in").headers["location"])
        assert browser.get(f"{back}&iss={provider.issuer}").status_code == 303


def test_somebody_whom_the_provider_turns_away_is_told_so(tmp_path: Path) -> None:
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        asked = parse_qs(urlsplit(browser.get("/sign-in").headers["location"]).query)
        answer = browser.get(f"/sign-in/callback?error=access_denied&state={asked['state'][0]}")
        assert_nobody_got_in(browser, answer, tmp_path)
    assert code_of(answer) == "SIGN_IN_DENIED"


def test_no_parameter_of_the_callback_gives_a_role(tmp_path: Path) -> None:
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        back = provider.asked(browser.get("/sign-in").headers["location"])
        browser.get(f"{back}&role=admin&roles=people-who-administer")
        assert browser.get("/v1/me").json()["role"] == "planner"
        assert browser.get("/v1/accounts").status_code == 403


DESCRIPTIONS: dict[str, dict[str, Any]] = {
    "another issuer's": {"issuer": "https://elsewhere.example"},
    "of a provider without PKCE": {"code_challenge_methods_supported": ["plain"]},
    "with a token endpoint in the clear": {"token_endpoint": "http://192.0.2.1/token"},
    "with keys that are no address": {"jwks_uri": "file:///etc/hosts"},
    "without a token endpoint": {"token_endpoint": None},
}


def test_with_a_description_that_cannot_be_right_nobody_is_sent_anywhere(tmp_path: Path) -> None:
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        for described, provider.description in DESCRIPTIONS.items():
            answer = browser.get("/sign-in")
            assert (answer.status_code, code_of(answer)) == (503, "PROVIDER_UNAVAILABLE"), described
            assert SIGN_IN not in browser.cookies
        provider.description = {}
        assert browser.get("/sign-in").status_code == 303


def test_while_the_provider_is_down_sessions_go_on_and_nothing_else_lets_in(
    tmp_path: Path,
) -> None:
    with a_provider() as provider:
        with a_browser_at(provider, tmp_path) as browser:
            signing_in(browser, provider)
        kept = dict(browser.cookies)
    with a_browser_at(provider, tmp_path) as browser:
        down = browser.get("/sign-in")
        another = browser.get("/sign-in/callback?code=x&state=y")
        browser.cookies = kept
        assert browser.get("/v1/me").json()["role"] == "planner"
        assert browser.act("POST", "/v1/sign-out").status_code == 204
        assert browser.get("/v1/me").status_code == 401
    assert (down.status_code, code_of(down)) == (503, "PROVIDER_UNAVAILABLE")
    assert int(down.headers["retry-after"]) > 0
    assert another.status_code == 401


def test_past_some_failed_sign_ins_no_more_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_endless_minute(monkeypatch)
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        statuses = [
            browser.get("/sign-in/callback?code=x&state=y").status_code
            for _ in range(MOST_TRIES + 1)
        ]
        assert signing_in(browser, provider).status_code == 303
    assert statuses == [401] * MOST_TRIES + [429]


def test_without_a_provider_there_is_nowhere_to_sign_in(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        answer = Browser(caller.client).get("/sign-in")
    assert (answer.status_code, code_of(answer)) == (404, "SIGN_IN_NOT_SET_UP")


def test_the_log_names_the_check_that_failed_and_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_provider() as provider, a_browser_at(provider, tmp_path) as browser:
        signing_in(browser, provider, sub="canary-subject", aud="elsewhere")
        signing_in(browser, provider, sub="canary-subject", email="canary@example.gov.uk")
        session = browser.session
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (refused,) = (line for line in lines if line["event"] == "sign-in refused")
    assert (refused["code"], refused["detail"]) == ("SIGN_IN_TOKEN_REFUSED", "aud")
    assert session is not None
    for secret in ("canary", session, "code-0"):
        assert secret not in json.dumps(lines)
    assert SESSION not in json.dumps(lines)
