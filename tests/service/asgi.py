"""Requests below HTTP, as `pairwell serve` hands them to the service: message by message."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any
from urllib.parse import unquote

from service.api.broken_answers import BrokenAnswers
from tests.service.services import Caller

Receive = Callable[[], Awaitable[dict[str, Any]]]


@dataclass
class Answer:
    """What the service sent back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = False

    def codes(self) -> list[str]:
        """The codes of its issues."""
        return [issue["code"] for issue in json.loads(self.body)["issues"]]


def ask(
    caller: Caller, method: str, path: str, receive: Receive, headers: dict[str, str] | None = None
) -> Answer:
    """The answer to a request whose body is given out by `receive`; the path is not tidied up."""
    given = {"host": "127.0.0.1", "content-type": "application/json"} | caller.headers()
    given |= headers or {}
    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(plain),
        "raw_path": plain.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }
    answer = Answer()

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {
                name.decode().lower(): value.decode() for name, value in message["headers"]
            }
        else:
            answer.body += message.get("body", b"")
            answer.whole = not message.get("more_body", False)

    app: Any = BrokenAnswers(caller.client.app)
    caller.client.blocking_portal.call(app, scope, receive, send)
    return answer


def giving(messages: Iterator[dict[str, Any]]) -> Receive:
    """Gives the messages out one by one."""

    async def receive() -> dict[str, Any]:
        return next(messages)

    return receive


def sending(body: bytes = b"") -> Receive:
    """Gives out a body in one piece; who sent it then waits for no more than the answer's head."""
    request = {"type": "http.request", "body": body, "more_body": False}
    return giving(chain([request], repeat({"type": "http.disconnect"})))
