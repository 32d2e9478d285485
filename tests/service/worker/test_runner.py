"""The worker in the service's own process, as callers of the service see it."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from models.reference import civil_service
from service.logs import log_incident
from service.operations.rounds import check_round, submit_round
from service.operations.work import claim_run
from service.storage.database import Database
from service.worker import errand, patience
from solver.limits import Limits
from tests.service.databases import chosen
from tests.service.services import (
    LONG_ENOUGH,
    PROGRAMME,
    HeldSolver,
    a_database,
    a_document,
    a_service,
    solve_at_once,
    until,
)


def test_a_running_solve_shows_how_far_it_has_come(tmp_path: Path) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver) as caller:
        run = caller.post(a_document()).headers["location"]
        seen = until(caller, run, lambda answer: answer["progress"] is not None)
        assert seen["status"] == "solving"
        assert seen["progress"] == {
            "stage": "deciding",
            "level": "points",
            "value": 7,
            "bound": 9,
            "gap": 2,
            "elapsed": 0.1,
        }
        assert seen["levels"] == []
        solver.released.set()
        assert until(caller, run, lambda answer: answer["status"] == "solved")["levels"]


def test_one_round_is_solved_at_a_time_and_the_others_wait(tmp_path: Path) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver) as caller:
        runs = [caller.post(a_document()).headers["location"] for _ in range(3)]
        assert solver.started.wait(LONG_ENOUGH)
        statuses = [caller.get(run).json()["status"] for run in runs]
        assert statuses == ["solving", "queued", "queued"]
        solver.released.set()
        for run in runs:
            until(caller, run, lambda answer: answer["status"] == "solved")


def test_a_run_that_is_unfinished_at_the_end_is_solved_after_the_next_start(
    tmp_path: Path,
) -> None:
    first, second = HeldSolver(), HeldSolver()
    second.released.set()
    with a_service(tmp_path, first) as caller:
        run = caller.post(a_document()).headers["location"]
        assert first.started.wait(LONG_ENOUGH)
    first.released.set()
    with a_service(tmp_path, second) as caller:
        seen = until(caller, run, lambda answer: answer["status"] == "solved")
    assert seen["attempt"] == 2
    assert second.solved == 1


def test_a_run_whose_process_was_killed_is_solved_after_the_next_start(tmp_path: Path) -> None:
    """A kill gives nothing back: the row still says `solving`."""
    run_id = asyncio.run(_abandoned(tmp_path))
    with a_service(tmp_path, solve_at_once) as caller:
        until(caller, f"/v1/runs/{run_id}", lambda answer: answer["status"] == "solved")


def test_a_solver_that_fails_is_a_failed_run_and_the_next_one_is_solved(tmp_path: Path) -> None:
    def fails_first(
        problem: Problem,
        limits: Limits,
        on_progress: Callable[[Progress], None],
        *,
        issues: tuple[Issue, ...],
        **more: Any,
    ) -> MatchResult:
        if not calls:
            calls.append(1)
            raise RuntimeError("M-1 is called Mentor Nr 1")
        return solve_at_once(problem, limits, on_progress, issues=issues, **more)

    calls: list[int] = []
    with a_service(tmp_path, fails_first) as caller:
        failed = caller.post(a_document(), prefer="wait=20")
        assert failed.status_code == 202
        seen = caller.get(failed.headers["location"]).json()
        assert (seen["status"], seen["failure"]["code"]) == ("failed", "SOLVE_FAILED")
        assert "Mentor Nr 1" not in json.dumps(seen)
        assert caller.post(a_document(), prefer="wait=20").status_code == 200


def test_a_database_that_fails_under_a_run_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither progress nor failure can be stored; after the next start the run is solved."""

    def breaks_the_database(
        problem: Problem,
        limits: Limits,
        on_progress: Callable[[Progress], None],
        *,
        issues: tuple[Issue, ...],
        **more: Any,
    ) -> MatchResult:
        _rename(tmp_path, "runs", "gone")
        on_progress(Progress(stage="deciding"))
        assert logged["progress not stored"].wait(LONG_ENOUGH)
        raise RuntimeError

    logged = defaultdict[str, Event](Event)

    def log(event: str, error: BaseException, **fields: str) -> str:
        logged[event].set()
        return log_incident(event, error, **fields)

    for module in (errand, patience):
        monkeypatch.setattr(module, "log_incident", log)
    with a_service(tmp_path, breaks_the_database) as caller:
        run = caller.post(a_document()).headers["location"]
        assert logged["end not stored"].wait(LONG_ENOUGH)
        assert caller.client.get("/health/live").status_code == 200
    _rename(tmp_path, "gone", "runs")
    with a_service(tmp_path) as caller:
        until(caller, run, lambda answer: answer["status"] == "solved")


async def _abandoned(folder: Path) -> str:
    """The id of a run that a worker took up and never reported on."""
    async with a_database(folder) as database:
        return await _taken_up(database)


async def _taken_up(database: Database) -> str:
    checked = check_round(json.dumps(a_document()).encode(), civil_service())
    async with database.writing(PROGRAMME) as store:
        run = await submit_round(store, checked)
    async with database.across_programmes(writing=True) as session:
        assert await claim_run(session) is not None
    return str(run.id)


def _rename(folder: Path, table: str, name: str) -> None:
    chosen().execute(folder, f"ALTER TABLE {table} RENAME TO {name}")
