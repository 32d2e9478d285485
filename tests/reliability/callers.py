"""Callers of a server that may die while it answers them, and who ask again until it does."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx

from service.operations.keys import KeyRequest, create_key
from service.security.audit_key import audit_key
from service.settings import Settings
from service.storage.database import Database
from tests.reliability.processes import LONG_ENOUGH

PATIENCE = 300.0
"""Seconds for which a caller insists; servers may die in a row before one answers."""


def a_key(settings: Settings) -> str:
    """An API key of the settings' programme."""

    async def make() -> str:
        database = Database(settings.database_url, audit_key(settings))
        try:
            async with database.writing(settings.programme) as store:
                _, key = await create_key(store, KeyRequest(name="test", role="planner"))
                return key
        finally:
            await database.close()

    return asyncio.run(make())


@dataclass
class Caller:
    """Somebody who holds a key and calls the server behind a socket.

    `broken` counts the requests that ended without an answer.
    """

    listening: socket.socket
    key: str
    broken: int = 0

    def __post_init__(self) -> None:
        # A connection for each request: a kept one would break at its server's death, unused.
        self._client = httpx.Client(
            base_url="http://{}:{}".format(*self.listening.getsockname()),
            headers={"authorization": f"Bearer {self.key}", "content-type": "application/json"},
            limits=httpx.Limits(max_keepalive_connections=0),
            timeout=LONG_ENOUGH,
        )

    def post(self, path: str, document: dict[str, Any] | None = None, **headers: str) -> Any:
        """The answer to a POST; raises `httpx.TransportError` where the server died over it."""
        content = b"" if document is None else json.dumps(document).encode()
        return self._client.post(path, content=content, headers=headers)

    def get(self, path: str) -> Any:
        """The answer to a GET."""
        return self._client.get(path)

    def insist(self, document: dict[str, Any], idempotency_key: str) -> Any:
        """The answer to a submission, repeated with its key until somebody gives one."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                answer = self.post("/v1/rounds", document, **{"idempotency-key": idempotency_key})
                if answer.status_code != httpx.codes.CONFLICT:
                    return answer
                continue
            self.broken += 1
        raise AssertionError("nobody answers")
