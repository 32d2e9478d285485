"""What is in the database, read beside the service and not through it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from models.domain.run import FINISHED
from tests.service.databases import FILE, chosen

Row = tuple[Any, ...]

ENDS_IN_THE_LOG = (
    "SELECT subject FROM audit_log WHERE action IN ('run finished', 'run failed', 'run cancelled')"
)
TOLD = "SELECT run_id, state FROM outbox WHERE run_id IS NOT NULL"
RUNS = "SELECT id, status, attempt, losses, finished_at, failure FROM runs"


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


class Ledger:
    """The database of a folder, whichever kind it is; every programme's rows are seen."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        url = chosen().unrestricted_url(folder)
        self._url = url.replace("+asyncpg", "") if url.startswith("postgresql") else None

    def look(self, *questions: str) -> list[list[Row]]:
        """The rows that answer each question, all of one moment; ids are in plain hex."""
        if self._url is None:
            return self._ask_file(questions)
        return asyncio.run(_ask_server(self._url, questions))

    def ask(self, question: str) -> list[Row]:
        """The rows that answer a question."""
        (rows,) = self.look(question)
        return rows

    def count(self, table: str) -> int:
        """How many rows a table has."""
        ((found,),) = self.ask(f"SELECT count(*) FROM {table}")  # noqa: S608  a test's own names
        return int(found)

    def runs(self) -> dict[UUID, SeenRun]:
        """Every run."""
        return _runs(self.ask(RUNS))

    def pairs(self, run: UUID) -> list[str]:
        """The assignments of a run, byte for byte."""
        of_run = f"WHERE run_id = '{run.hex}' ORDER BY position"
        return [text for (text,) in self.ask(f"SELECT document FROM assignments {of_run}")]  # noqa: S608

    def told(self) -> dict[UUID, str]:
        """What the outbox says of the end of each run."""
        return {UUID(run): state for run, state in self.ask(TOLD)}

    def check(self) -> dict[UUID, SeenRun]:
        """Every run; nothing is doubled, and what goes with an end is there, and only then."""
        runs, told, written, results, whole = self.look(
            RUNS,
            TOLD,
            ENDS_IN_THE_LOG,
            "SELECT run_id FROM results",
            "SELECT 'ok'" if self._url else "PRAGMA integrity_check",
        )
        seen = _runs(runs)
        ended = sorted(run.hex for run, state in seen.items() if state.finished)
        answered = {run for (run,) in results}
        assert whole == [("ok",)]
        assert sorted(run for run, _ in told) == ended
        assert sorted(text.removeprefix("run:").replace("-", "") for (text,) in written) == ended
        assert len(answered) == len(results)
        assert answered <= set(ended)
        return seen

    def _ask_file(self, questions: tuple[str, ...]) -> list[list[Row]]:
        # Whoever reads first after a kill also tidies up.
        with closing(sqlite3.connect(self._file, timeout=60, isolation_level=None)) as file:
            file.execute("BEGIN")
            return [file.execute(question).fetchall() for question in questions]


async def _ask_server(url: str, questions: tuple[str, ...]) -> list[list[Row]]:
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            answers = [await connection.fetch(question) for question in questions]
    finally:
        await connection.close()
    return [[tuple(map(_plain, row)) for row in rows] for rows in answers]


def _plain(value: Any) -> Any:
    """A value as a SQLite file has it."""
    if isinstance(value, UUID):
        return value.hex
    return str(value) if isinstance(value, datetime) else value


def _runs(rows: list[Row]) -> dict[UUID, SeenRun]:
    return {UUID(row[0]): SeenRun(*row[1:]) for row in rows}
