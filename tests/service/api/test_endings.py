"""Cancel, and stop-and-keep-best, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from models.domain.result import MatchResult
from tests.service.services import (
    LONG_ENOUGH,
    HeldSolver,
    a_document,
    a_service,
    until,
)


def test_a_cancelled_run_is_over_at_once_and_its_solve_soon(tmp_path: Path) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver) as caller:
        run = caller.post(a_document()).headers["location"]
        assert solver.started.wait(LONG_ENOUGH)
        answer = caller.do(f"{run}/cancel")
        assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
        assert solver.released.wait(LONG_ENOUGH), "the solve was not ended"
        assert caller.do(f"{run}/cancel").json() == answer.json()
        result = caller.get(f"{run}/result")
        assert result.status_code == 409
        assert result.json()["issues"][0]["code"] == "RUN_GAVE_NO_RESULT"
        solver.released.set()
        assert caller.post(a_document(), prefer="wait=20").status_code == 200
        assert caller.get(run).json()["status"] == "cancelled"


def test_a_waiting_run_is_cancelled_and_never_solved(tmp_path: Path) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver) as caller:
        caller.post(a_document())
        assert solver.started.wait(LONG_ENOUGH)
        waiting = caller.post(a_document()).headers["location"]
        assert caller.do(f"{waiting}/cancel").json()["status"] == "cancelled"
        solver.released.set()
        assert caller.post(a_document(), prefer="wait=20").status_code == 200
        assert caller.get(waiting).json()["started_at"] is None
    assert solver.solved == 2


def test_a_stopped_run_keeps_the_best_so_far(tmp_path: Path) -> None:
    solver = StoppedSolver()
    with a_service(tmp_path, solver) as caller:
        run = caller.post(a_document()).headers["location"]
        assert solver.started.wait(LONG_ENOUGH)
        assert caller.get(run).json()["stop_asked"] is False
        answer = caller.do(f"{run}/stop")
        assert answer.status_code == 202
        assert answer.json()["stop_asked"] is True
        until(caller, run, lambda seen: seen["status"] == "stopped")
        result = caller.get(f"{run}/result").json()
    assert result["run"]["stopped_by"] == "requested"
    assert result["assignments"]


@pytest.mark.parametrize("what", ["cancel", "stop"])
def test_a_run_that_is_over_can_be_neither_cancelled_nor_stopped(tmp_path: Path, what: str) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted()
        answer = caller.do(f"{run}/{what}")
        unknown = caller.do(f"/v1/runs/{uuid4()}/{what}")
    assert answer.status_code == 409
    assert answer.json()["issues"][0]["code"] == "RUN_FINISHED"
    assert unknown.status_code == 404


class StoppedSolver(HeldSolver):
    """A solver that says that somebody asked it to stop."""

    def __call__(self, *given: Any, **more: Any) -> MatchResult:
        result = super().__call__(*given, **more)
        update = {"status": "stopped", "stopped_by": "requested"}
        return result.model_copy(update={"run": result.run.model_copy(update=update)})
