"""Signing in by a provider that somebody else has written: `oidc-provider-mock` (S17)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.service.browsers import ORIGIN, Browser
from tests.service.providers import ROLES
from tests.service.services import a_service

with warnings.catch_warnings():
    # The mock uses a part of its own library that is on its way out.
    warnings.simplefilter("ignore")
    from oidc_provider_mock import User, run_server_in_thread

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

VERIFIED = {"email": "p@example.gov.uk", "email_verified": True}
USERS = (
    User(sub="planner", claims=VERIFIED | {"roles": ["people-who-plan"]}),
    User(sub="unverified", claims=VERIFIED | {"email_verified": False, "roles": list(ROLES)[:1]}),
    User(sub="climber", claims=VERIFIED | {"roles": ["admin", "hr_system"]}),
)


@contextmanager
def a_browser_at_the_mock(folder: Path, **how: Any) -> Iterator[Browser]:
    """A browser at a service whose people sign in by the mock."""
    with run_server_in_thread(user_claims=USERS, **how) as server:
        settings = {
            "public_url": ORIGIN,
            "oidc_issuer": f"http://localhost:{server.server_port}",
            "oidc_client_id": "pairwell",
            "oidc_client_secret": "anything",
            "oidc_roles": ROLES,
        }
        with a_service(folder, **settings) as caller:
            yield Browser(caller.client)


def sent_back(browser: Browser, sub: str, **changed: str) -> str:
    """Where the mock sends the browser once somebody signed in there, with a changed question."""
    address, _, query = browser.get("/sign-in").headers["location"].partition("?")
    asked = {name: values[0] for name, values in parse_qs(query).items()} | changed
    answer = httpx.post(f"{address}?{urlencode(asked)}", data={"sub": sub})
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def test_somebody_signs_in_by_the_mock_and_a_code_is_good_once(tmp_path: Path) -> None:
    with a_browser_at_the_mock(tmp_path) as browser:
        back = sent_back(browser, "planner")
        copy = dict(browser.cookies)
        assert browser.get(back).status_code == 303
        assert browser.get("/v1/me").json()["role"] == "planner"
        browser.cookies = copy
        replayed = browser.get(back)
    assert replayed.status_code == 401
    assert replayed.json()["issues"][0]["code"] == "SIGN_IN_CODE_REFUSED"


@pytest.mark.parametrize(
    ("sub", "changed", "code"),
    [
        ("planner", {"nonce": "of-another-attempt"}, "SIGN_IN_TOKEN_REFUSED"),
        ("planner", {"state": "of-another-attempt"}, "SIGN_IN_STATE_REFUSED"),
        ("planner", {"client_id": "another-service"}, "SIGN_IN_CODE_REFUSED"),
        ("unverified", {}, "SIGN_IN_EMAIL_NOT_VERIFIED"),
        ("climber", {}, "SIGN_IN_ROLE_MISSING"),
        ("stranger", {}, "SIGN_IN_ROLE_MISSING"),
    ],
)
def test_the_mock_gets_nobody_in_who_should_not_be(
    tmp_path: Path, sub: str, changed: dict[str, str], code: str
) -> None:
    with a_browser_at_the_mock(tmp_path) as browser:
        answer = browser.get(sent_back(browser, sub, **changed))
        assert answer.json()["issues"][0]["code"] == code
        assert answer.status_code in (401, 403)
        assert browser.session is None


def test_a_token_of_the_mock_that_is_too_old_gets_nobody_in(tmp_path: Path) -> None:
    with a_browser_at_the_mock(tmp_path, access_token_max_age=timedelta(hours=-1)) as browser:
        answer = browser.get(sent_back(browser, "planner"))
    assert answer.json()["issues"][0]["code"] == "SIGN_IN_TOKEN_REFUSED"
