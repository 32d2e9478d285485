"""One run in a worker's hand: what is handed on, what is held, and when it is given up."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from models.domain.incumbent import Incumbent
from models.domain.problem import Problem
from models.domain.result import MatchResult
from service.operations.work import Errand
from service.worker import errand, patience
from service.worker.solve import logged_solve
from solver.limits import Limits
from tests.service.databases import chosen
from tests.service.runs import INCUMBENT
from tests.service.services import (
    LONG_ENOUGH,
    a_document,
    a_result,
    a_service,
    all_rows,
    solve_at_once,
    until,
)
from tests.stub_child import HANGS, a_child


class Handing(Event):
    """A solver that tells an answer and goes on for ever; what it was given is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[Incumbent | None] = []

    def __call__(self, problem: Problem, *given: Any, **more: Any) -> MatchResult:
        self.known.append(more["known"])
        more["interruption"].tell(self.set)
        more["on_incumbent"](INCUMBENT)
        assert self.wait(LONG_ENOUGH)
        return a_result(problem)


def test_what_one_worker_has_found_the_next_one_begins_with(tmp_path: Path) -> None:
    first, second = Handing(), Handing()
    second.set()
    with a_service(tmp_path, first, lease=LONG_ENOUGH) as caller:
        run = caller.post(a_document()).headers["location"]
        until(caller, run, lambda seen: _stored(tmp_path))
    with a_service(tmp_path, second, lease=LONG_ENOUGH) as caller:
        until(caller, run, lambda seen: seen["status"] == "solved")
    assert first.known == [None]
    assert second.known == [INCUMBENT]
    assert not _stored(tmp_path), "nobody needs it any more"


def test_a_solve_that_never_ends_is_given_up_with_a_reason(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """From then on it gives no sign of life, and the next round has its turn."""

    def solve(problem: Problem, *given: Any, **more: Any) -> MatchResult:
        if calls:
            return solve_at_once(problem, *given)
        calls.append(1)
        assert ended.wait(LONG_ENOUGH)
        return a_result(problem)

    calls, ended = list[int](), Event()
    with a_service(tmp_path, solve, time_limit=0.2, overrun=0.3) as caller:
        started = time.monotonic()
        run = caller.post(a_document()).headers["location"]
        seen = until(caller, run, lambda seen: seen["status"] == "failed")
        late = time.monotonic() - started - 0.5
        beats = _beats(tmp_path)
        assert caller.post(a_document(), prefer="wait=20").status_code == 200
        assert _beats(tmp_path) == beats
        ended.set()
    assert seen["failure"]["code"] == "SOLVE_HUNG"
    assert late < 3
    assert capfd.readouterr().out.count('"event": "solve hung"') == 1


def test_a_result_is_held_until_the_database_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def solve(problem: Problem, *given: Any, **more: Any) -> MatchResult:
        solved.append(1)
        _rename(tmp_path, "outbox", "gone")
        return a_result(problem)

    def refused() -> bool:
        told.append(capfd.readouterr().out)
        return "end not stored" in told[-1]

    solved, told = list[int](), list[str]()
    monkeypatch.setattr(patience, "RETRY_AFTER", 0.05)
    with a_service(tmp_path, solve) as caller:
        run = caller.post(a_document()).headers["location"]
        until(caller, run, lambda seen: refused())
        assert caller.get(run).json()["status"] == "solving"
        _rename(tmp_path, "gone", "outbox")
        until(caller, run, lambda seen: seen["status"] == "solved")
    assert solved == [1]


def test_a_run_that_cannot_be_read_is_taken_up_again_when_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async def cannot(*given: object) -> Errand:
        monkeypatch.undo()
        raise OSError

    monkeypatch.setattr(errand, "load_errand", cannot)
    with a_service(tmp_path) as caller:
        run = caller.post(a_document()).headers["location"]
        seen = until(caller, run, lambda seen: seen["status"] == "solved")
    assert seen["attempt"] == 2
    assert "run not readable" in capfd.readouterr().out


def test_the_search_of_a_cancelled_run_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A true search that would never end; the next round is not held up by it."""

    def start() -> Any:
        children.append(a_child("sys.exit(9)" if children else HANGS))
        return children[-1]

    children: list[Any] = []
    monkeypatch.setattr("solver.searches.SolverProcess", start)
    with a_service(tmp_path, logged_solve) as caller:
        run = caller.post(a_document()).headers["location"]
        until(caller, run, lambda seen: bool(children))
        assert caller.do(f"{run}/cancel").status_code == 200
        assert children[0]._child.wait(3) == -9
        assert caller.post(a_document(), prefer="wait=20").status_code == 200
        assert caller.get(run).json()["status"] == "cancelled"


def test_a_stopped_search_gives_the_best_it_has_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here it has told nothing: a quick answer stands in, audited as any other."""
    monkeypatch.setattr("solver.searches.SolverProcess", lambda: a_child(HANGS))
    with a_service(tmp_path, logged_solve) as caller:
        run = caller.post(a_document()).headers["location"]
        caller.do(f"{run}/stop")
        until(caller, run, lambda seen: seen["status"] == "stopped")
        result = caller.get(f"{run}/result").json()
    assert result["run"]["stopped_by"] == "requested"
    assert len(result["assignments"]) == 2


def test_the_limits_are_those_of_the_settings(tmp_path: Path) -> None:
    def remember(problem: Problem, limits: Limits, *given: Any, **more: Any) -> MatchResult:
        known.append(limits)
        return a_result(problem)

    known: list[Limits] = []
    with a_service(tmp_path, remember, time_limit=7, memory_limit=900) as caller:
        caller.submitted()
    assert known == [Limits(seconds=7, memory_mb=900)]


def _stored(folder: Path) -> bool:
    return bool(asyncio.run(all_rows(folder))["incumbents"])


def _beats(folder: Path) -> int:
    """The signs of life of the first run."""
    runs = asyncio.run(all_rows(folder))["runs"]
    return int(min(runs, key=lambda row: row["queued_at"])["beat"])


def _rename(folder: Path, table: str, name: str) -> None:
    chosen().execute(folder, f"ALTER TABLE {table} RENAME TO {name}")
