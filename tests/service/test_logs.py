from __future__ import annotations

import errno
import json
import logging
from io import StringIO

import pytest
import structlog

from service.logs import configure_logs, keep_allowed, log_incident
from service.metrics import LOG_LINES_LOST


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


def test_what_a_library_logs_comes_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Such as the error of a task that nobody waited for, with all that it repeats."""
    configure_logs()
    try:
        raise ValueError("Mentor Nr 1 lives in Wales")
    except ValueError as error:
        logging.getLogger("asyncio").error("never retrieved: %r", error, exc_info=error)
    logging.getLogger("uvicorn.error").warning("Invalid request: Mentor Nr 1")
    written = capsys.readouterr()
    lines = [json.loads(line) for line in written.out.splitlines()]
    assert [line["logger"] for line in lines] == ["asyncio", "uvicorn.error"]
    assert lines[0]["error_type"] == "ValueError"
    assert "Mentor" not in written.out + written.err


def test_a_log_that_finds_no_room_is_counted_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The line after it begins anew, wherever the one before it was torn."""
    configure_logs()
    full, roomy = FullFile(), StringIO()
    before = LOG_LINES_LOST._value.get()
    monkeypatch.setattr("sys.stdout", full)
    structlog.get_logger().info("lost")
    monkeypatch.setattr("sys.stdout", roomy)
    structlog.get_logger().info("kept")
    assert LOG_LINES_LOST._value.get() == before + 1
    assert [json.loads(line)["event"] for line in roomy.getvalue().splitlines() if line] == ["kept"]
    assert roomy.getvalue().startswith("\n")


class FullFile(StringIO):
    """A file on a disk without room."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")
