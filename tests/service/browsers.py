"""Browsers for tests: they keep the service's cookies, and say where a request comes from."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from models.domain.account import AccountRole
from service.api.cookies import SESSION
from service.operations.sign_in import make_link
from tests.service.services import PROGRAMME, UncountedTries, a_database, some_settings

HOST = "testserver.local"
ORIGIN = f"https://{HOST}"


class Browser:
    """A browser of its own beside others at the same service; it follows no redirect by itself."""

    def __init__(self, client: TestClient[Litestar]) -> None:
        self._client = client
        self.cookies = dict[str, str]()

    def get(self, path: str, **headers: str) -> Any:
        """The answer to a request that somebody makes by following a link."""
        return self.ask("GET", path, **headers)

    def act(self, method: str, path: str, **headers: str) -> Any:
        """The answer to a request by a page of the service, which has read the session's token."""
        token = self.get("/v1/me").json().get("csrf_token") or ""
        own = {"origin": ORIGIN, "sec-fetch-site": "same-origin", "x-csrf-token": token}
        return self.ask(method, path, **own | headers)

    def ask(self, method: str, path: str, **headers: str) -> Any:
        """The answer to any request, with the cookies and no other word of where it is from."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = headers | ({"cookie": cookies} if cookies else {})
        answer = self._client.request(
            method, f"{ORIGIN}{path}", headers=given, follow_redirects=False
        )
        self._client.cookies.clear()
        for line in answer.headers.get_list("set-cookie"):
            self._keep(line)
        return answer

    def fail_freely(self) -> None:
        """From now on nobody counts who failed to get in."""
        self._client.app.state.failed_tries = UncountedTries()

    @property
    def session(self) -> str | None:
        """The id of the session that the browser holds."""
        return self.cookies.get(SESSION)

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if name.startswith("__Host-"):
                assert morsel["secure"], line
                assert morsel["path"] == "/", line
                assert not morsel["domain"], line
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


def a_link(folder: Path, role: AccountRole = "planner") -> str:
    """The path of a fresh one-time link into the folder's service."""

    async def make() -> str:
        async with a_database(folder) as database, database.writing(PROGRAMME) as store:
            return await make_link(store, some_settings(folder), role, datetime.now(UTC))

    return f"/sign-in/link/{asyncio.run(make())}"


def a_signed_in_browser(
    client: TestClient[Litestar], folder: Path, role: AccountRole = "planner"
) -> Browser:
    """A browser with a session of this role."""
    browser = Browser(client)
    answer = browser.get(a_link(folder, role))
    assert answer.status_code == 303, answer.text
    return browser
