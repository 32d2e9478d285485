from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.asgi import ask, giving
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
    messages = iter(
        [
            {"type": "http.request", "body": b'{"participants": [', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    ask(caller, "POST", "/v1/rounds", giving(messages), {"content-length": "1000"})
