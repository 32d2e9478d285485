"""Listeners to a service's events, each in the middle of its request until it is let go."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future
from threading import Event
from typing import Any, Self

from litestar import Litestar
from litestar.testing import TestClient

from tests.service.services import LONG_ENOUGH


class Listener:
    """A client that follows a path within its block, from the first event that tells something;
    at the block's end it hangs up."""

    def __init__(self, client: TestClient[Litestar], path: str, headers: Mapping[str, str]) -> None:
        self._client = client
        self._scope = _scope(path, headers)
        self._hears, self._leaves = Event(), asyncio.Event()
        self._listening: Future[None]

    def __enter__(self) -> Self:
        self._listening = self._client.blocking_portal.start_task_soon(
            self._client.app, self._scope, self._receive, self._send
        )
        assert self._hears.wait(LONG_ENOUGH)
        return self

    def __exit__(self, *_raised: object) -> None:
        self._client.blocking_portal.call(self._leaves.set)
        self._listening.result(LONG_ENOUGH)

    @property
    def listens(self) -> bool:
        """Whether the service goes on telling."""
        return not self._listening.done()

    def wait_for_the_end(self, seconds: float) -> None:
        """Raises `TimeoutError` unless the service ends the stream within so many seconds."""
        self._listening.result(seconds)

    async def _receive(self) -> Any:
        await self._leaves.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if b"data: " in message.get("body", b""):
            self._hears.set()
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self._leaves.set()


def _scope(path: str, headers: Mapping[str, str]) -> Any:
    given = {"host": "testserver.local"} | dict(headers)
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }
