from __future__ import annotations

import json

import pytest
import structlog

from service.logs import configure_logs, keep_allowed, log_incident


def test_what_is_not_on_the_list_is_dropped() -> None:
    event = {"event": "request", "status": 200, "name": "Mentor Nr 1", "body": "{}"}
    assert keep_allowed(None, "info", event) == {"event": "request", "status": 200}


def test_a_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    structlog.get_logger().info("request", method="GET", email="a@example.gov.uk")
    line = json.loads(capsys.readouterr().out)
    assert {name: line[name] for name in ("event", "method", "level")} == {
        "event": "request",
        "method": "GET",
        "level": "info",
    }
    assert "email" not in line


def test_an_incident_names_the_error_and_its_place_and_never_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs()
    try:
        raise ValueError("Mentor Nr 1 lives in Wales")
    except ValueError as error:
        incident = log_incident("run failed", error, run="r")
    written = capsys.readouterr().out
    line = json.loads(written)
    assert (line["incident"], line["error_type"], line["run"]) == (incident, "ValueError", "r")
    assert "test_logs.py" in line["where"][-1]
    assert "Wales" not in written
