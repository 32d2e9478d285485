"""The way of somebody who signs in by a provider, for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.service.browsers import ORIGIN, Browser
from tests.service.providers import Provider
from tests.service.services import a_service, all_rows


@contextmanager
def a_browser_at(provider: Provider, folder: Path, **given: Any) -> Iterator[Browser]:
    """A browser at a service whose people sign in by a provider."""
    with a_service(folder, **provider.settings(ORIGIN) | given) as caller:
        yield Browser(caller.client)


def signing_in(browser: Browser, provider: Provider, **claims: Any) -> Any:
    """The answer at the end of the whole way: to the provider, and back."""
    sent = browser.get("/sign-in")
    assert sent.status_code == 303, sent.text
    return browser.get(provider.asked(sent.headers["location"], **claims))


def code_of(answer: Any) -> str:
    (issue,) = answer.json()["issues"]
    return str(issue["code"])


def assert_nobody_got_in(browser: Browser, answer: Any, folder: Path) -> None:
    assert answer.status_code in (401, 403), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert browser.session is None
    assert browser.get("/v1/me").status_code == 401
    rows = asyncio.run(all_rows(folder))
    assert (rows["accounts"], rows["sessions"]) == ([], [])
