"""A real search that dies under a worker, and what an operator reads of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.worker.solve import logged_solve
from tests.service.services import a_document, a_service
from tests.stub_child import a_child


def test_an_early_end_is_logged_with_its_run_and_the_last_line_of_what_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    said = "print('first\\nCheck failed', file=sys.stderr, flush=True)"
    monkeypatch.setattr("solver.searches.SolverProcess", lambda: a_child(f"{said}; os.abort()"))
    with a_service(tmp_path, logged_solve) as caller:
        run = caller.post(a_document(), prefer="wait=20")
        assert run.json()["run"]["stopped_by"] == "aborted"
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    (stopped,) = [line for line in lines if line["event"] == "search stopped early"]
    assert stopped["run"] == run.json()["run"]["id"]
    assert (stopped["stopped_by"], stopped["detail"]) == ("aborted", "signal 6: Check failed")


def test_a_search_that_comes_to_its_end_is_no_news(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with a_service(tmp_path, logged_solve) as caller:
        assert caller.post(a_document(), prefer="wait=20").status_code == 200
    assert "search stopped early" not in capfd.readouterr().out
