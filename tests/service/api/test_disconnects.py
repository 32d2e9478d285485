from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.service.services import Caller, a_service


def test_a_client_that_goes_away_while_it_sends_is_no_incident(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_service(tmp_path) as caller:
        capsys.readouterr()
        _send_half_a_round(caller)
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (line,) = (line for line in lines if line["event"].startswith("request"))
    assert (line["event"], line["level"], line["status"]) == ("request", "info", 499)
    assert line["path_template"] == "/v1/rounds"


def _send_half_a_round(caller: Caller) -> None:
    headers = caller.headers() | {"content-type": "application/json", "content-length": "1000"}
    headers["host"] = "127.0.0.1"
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/rounds",
        "raw_path": b"/v1/rounds",
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }
    messages = iter(
        [
            {"type": "http.request", "body": b'{"participants": [', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )

    async def receive() -> Any:
        return next(messages)

    async def send(_message: Any) -> None:
        """Nobody listens."""

    caller.client.blocking_portal.call(caller.client.app, scope, receive, send)
