"""Small rounds with one best answer each, submitted, and what the database says of them."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any
from uuid import UUID

from models.domain.problem import Problem
from models.domain.run import FINISHED
from models.reference import civil_service
from service.operations.audit import check_log
from service.operations.database import upgrade_database
from service.operations.rounds import check_round, submit_round
from service.security.audit_chain import Broken
from service.security.audit_key import audit_key
from service.settings import Settings
from service.storage.database import Database
from solver.solve import solve_matching
from tests.reliability.processes import LONG_ENOUGH

ENDS_IN_THE_LOG = (
    "SELECT subject FROM audit_log WHERE action IN ('run finished', 'run failed', 'run cancelled')"
)

LOOK_EVERY = 0.05
"""How often a test looks at the database, in seconds; the processor is for those it watches."""

EXPERTISE = ("leadership", "policy", "commercial", "digital")


def a_small_document(seed: int) -> dict[str, Any]:
    """Six mentors and eight mentees who offer and seek different things."""
    draw = random.Random(seed)
    mentors = [
        {
            "reference": f"M-{number}",
            "grade": draw.choice(("Grade 7", "Grade 6")),
            "remote": True,
            "mentor": {"capacity": 1, "offers": draw.sample(EXPERTISE, 2)},
            "contact": {"name": f"Mentor Nr {number}", "email": f"m{number}@example.gov.uk"},
        }
        for number in range(6)
    ]
    mentees = [
        {
            "reference": f"E-{number}",
            "grade": draw.choice(("SEO", "HEO")),
            "remote": True,
            "mentee": {"wants": 1, "seeks": draw.sample(EXPERTISE, 2)},
        }
        for number in range(8)
    ]
    return {"name": f"Round {seed}", "participants": mentors + mentees}


def problem_of(document: dict[str, Any]) -> Problem:
    """The problem of a document."""
    return check_round(json.dumps(document).encode(), civil_service()).problem


def pairs_without_faults(document: dict[str, Any]) -> list[str]:
    """The assignments with all their reasons, byte for byte, when nothing goes wrong."""
    return [made.model_dump_json() for made in solve_matching(problem_of(document)).assignments]


def prepared(settings: Settings) -> None:
    """Brings the database of the settings up to date."""
    asyncio.run(upgrade_database(settings))


def submitted(settings: Settings, document: dict[str, Any]) -> UUID:
    """The run of a round that has been taken in."""
    checked = check_round(json.dumps(document).encode(), civil_service())

    async def submit() -> UUID:
        database = Database(settings.database_url, audit_key(settings))
        try:
            async with database.writing(settings.programme) as store:
                return (await submit_round(store, checked)).id
        finally:
            await database.close()

    return asyncio.run(submit())


def breaks_in_the_log(settings: Settings) -> tuple[Broken, ...]:
    """Everywhere that the audit log is not what was written."""

    async def check() -> tuple[Broken, ...]:
        database = Database(settings.database_url, audit_key(settings))
        try:
            async with database.reading(settings.programme) as store:
                return (await check_log(store))[1]
        finally:
            await database.close()

    return asyncio.run(check())


@dataclass(frozen=True)
class SeenRun:
    """A run as its row has it."""

    status: str
    attempt: int
    losses: int
    finished_at: str | None
    failure: str | None

    @property
    def finished(self) -> bool:
        """Whether it is at its end."""
        return self.status in FINISHED


def until(holds: Callable[[], bool]) -> None:
    """Waits until something holds."""
    deadline = time.monotonic() + LONG_ENOUGH
    while not holds():
        assert time.monotonic() < deadline
        wait([], LOOK_EVERY)


def until_finished(ledger: Ledger, run: UUID) -> SeenRun:
    """The run as it is at its end."""
    until(lambda: ledger.runs()[run].finished)
    return ledger.runs()[run]


class Ledger:
    """What is in the database, read beside the service and not through it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        """The rows that answer a question; whoever reads first after a kill also tidies up."""
        with closing(sqlite3.connect(self._path, timeout=30)) as file:
            return file.execute(question, given).fetchall()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        ((found,),) = self.ask(f"SELECT count(*) FROM {table}")  # noqa: S608  a test's own names
        return int(found)

    def runs(self) -> dict[UUID, SeenRun]:
        """Every run."""
        rows = self.ask("SELECT id, status, attempt, losses, finished_at, failure FROM runs")
        return {UUID(row[0]): SeenRun(*row[1:]) for row in rows}

    def pairs(self, run: UUID) -> list[str]:
        """The assignments of a run, byte for byte."""
        question = "SELECT document FROM assignments WHERE run_id = ? ORDER BY position"
        return [document for (document,) in self.ask(question, run.hex)]

    def told(self) -> list[tuple[str, str]]:
        """The hex id of a run and a state, for each event of a run in the outbox."""
        return self.ask("SELECT run_id, state FROM outbox WHERE run_id IS NOT NULL")

    def check(self) -> None:
        """Nothing is doubled, nothing is stored without its run being at its end."""
        assert self.ask("PRAGMA integrity_check") == [("ok",)]
        finished = {run.hex for run, seen in self.runs().items() if seen.finished}
        told = [run for run, _ in self.told()]
        written = [subject for (subject,) in self.ask(ENDS_IN_THE_LOG)]
        results = [run for (run,) in self.ask("SELECT run_id FROM results")]
        assert len(told) == len(set(told))
        assert len(results) == len(set(results))
        assert len(written) == len(set(written))
        # Read in this order, an end may be there already that was not when runs were read.
        now = {run.hex for run, seen in self.runs().items() if seen.finished}
        assert finished <= set(told) <= now
        assert {subject.removeprefix("run:").replace("-", "") for subject in written} <= now
        assert set(results) <= now
