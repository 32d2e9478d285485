"""Backups, and whether a database, restored or not, still is what was once stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy.engine import make_url

from models.domain.audit import Anchor
from models.domain.base import Frozen
from service.database_url import is_postgresql
from service.errors import SettingRefused, one_issue
from service.operations.audit import check_log
from service.operations.runs import read_result, read_run
from service.operations.work import load_errand
from service.settings import Settings
from service.storage import results
from service.storage.backup import copy_sqlite, faults_of
from service.storage.database import Database
from solver.judge.verify import verify_result

NOTHING_TO_CHECK = ("infeasible", "unknown")
"""How solves end that leave no pairs behind."""


class DatabaseCheck(Frozen):
    """What was looked at, and everything that was not as it should be, in sentences."""

    entries: int
    results: int
    certified: int
    faults: tuple[str, ...]


def back_up(settings: Settings, target: Path) -> None:
    """Copy a SQLite database while it is in use; PostgreSQL has tools of its own for it."""
    if is_postgresql(settings.database_url):
        raise SettingRefused(
            one_issue(
                "BACKUP_BY_POSTGRESQL",
                "A PostgreSQL database is backed up with PostgreSQL's own tools.",
                hint="Use pg_basebackup with an archive of the WAL, or pg_dump: docs/operating.md.",
            )
        )
    copy_sqlite(Path(str(make_url(settings.database_url).database)), target)


async def check_database(
    database: Database, programme: str, anchors: Sequence[Anchor] = ()
) -> DatabaseCheck:
    """Look at the database itself, the audit log, and every result with its certificate."""
    faults = [f"database: {fault}" for fault in await faults_of(database)]
    async with database.reading(programme) as store:
        entries, broken = await check_log(store, anchors)
        ids = await results.all_ids(store)
    faults += [f"audit log, entry {fault.position}: {fault.because}" for fault in broken]
    certified = 0
    for run_id in ids:
        wrong, optimal = await _check_result(database, programme, run_id)
        faults += [f"result of run {run_id}: {finding}" for finding in wrong]
        certified += optimal
    return DatabaseCheck(
        entries=entries, results=len(ids), certified=certified, faults=tuple(faults)
    )


async def _check_result(
    database: Database, programme: str, run_id: UUID
) -> tuple[tuple[str, ...], bool]:
    async with database.reading(programme) as store:
        result = await read_result(store, run_id)
        problem = (await load_errand(store, await read_run(store, run_id))).problem
    if result.run.solve_status in NOTHING_TO_CHECK:
        return (), False
    verification = await asyncio.to_thread(verify_result, problem, result)
    return verification.findings, verification.certified_optimal
