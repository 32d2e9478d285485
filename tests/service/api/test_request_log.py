from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from service.logs import ALLOWED
from tests.service.services import a_document, a_service


def test_a_request_is_logged_without_what_was_asked_and_by_whom(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted(a_document(mentors=1, mentees=1))
        capsys.readouterr()
        caller.get(f"{run}/explanations?mentor=M-1&limit=3")
        caller.get(f"{run}/explanations/M-1/E-1")
        written = capsys.readouterr().out
    lines = _requests(written)
    assert [(line["method"], line["path_template"], line["status"]) for line in lines] == [
        ("GET", "/v1/runs/{run_id}/explanations", 200),
        ("GET", "/v1/runs/{run_id}/explanations/{mentor}/{mentee}", 200),
    ]
    assert all(line["duration_ms"] >= 0 for line in lines)
    for secret in ("M-1", "E-1", "limit", caller.key):
        assert secret not in written


def test_a_whole_day_of_work_logs_allowed_fields_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_service(tmp_path) as caller:
        caller.submitted()
        caller.post(b"{")
        caller.client.get("/v1/rules")
    written = capsys.readouterr().out
    assert all(set(json.loads(line)) <= ALLOWED for line in written.splitlines())
    assert "example.gov.uk" not in written
    assert "Mentor Nr" not in written
    assert "Spring" not in written


def _requests(written: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in written.splitlines()]
    return [line for line in lines if line["event"] == "request"]
