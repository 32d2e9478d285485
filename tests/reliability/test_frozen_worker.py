"""A worker that is frozen for longer than its lease comes back too late, and changes nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.reliability.ledger import Ledger
from tests.reliability.processes import LONG_ENOUGH, a_worker, ended_at_last
from tests.reliability.rounds import a_small_document, submitted, until, until_finished
from tests.reliability.test_worker_kills import with_quick_leases
from tests.service.databases import FILE

PROBE_SECONDS = 0.2
OTHERS_IN_TRANSACTION = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
)


@pytest.mark.reliability
def test_a_worker_that_was_frozen_finds_its_run_in_other_hands(
    tmp_path: Path, tell: Callable[[str, str], None], database_kind: str
) -> None:
    settings, log = with_quick_leases(tmp_path), tmp_path / "frozen.log"
    run, ledger = submitted(settings, a_small_document(1)), Ledger(tmp_path)
    with ended_at_last([a_worker(settings, log)]) as processes:
        (frozen,) = processes
        worker = frozen.pid
        assert worker is not None
        until(lambda: ledger.runs()[run].status == "solving")
        in_transaction = _holds_file if database_kind == "sqlite" else _is_in_transaction
        until(lambda: _is_frozen_without(worker, lambda: in_transaction(tmp_path)))
        processes.append(a_worker(settings, tmp_path / "log"))
        end = until_finished(ledger, run)
        pairs = ledger.pairs(run)
        os.kill(worker, signal.SIGCONT)
        until(lambda: b'"event": "run let go"' in log.read_bytes() or frozen.exitcode is not None)
        frozen.terminate()
        frozen.join(LONG_ENOUGH)
    tell("R1", f"a frozen worker's run was solved by another; attempts {end.attempt}, 1 end")
    assert (end.status, end.attempt, end.losses) == ("solved", 2, 1)
    assert frozen.exitcode == 0
    assert ledger.runs()[run] == end
    assert ledger.pairs(run) == pairs
    ledger.check()


def _is_frozen_without(worker: int, in_transaction: Callable[[], bool]) -> bool:
    """Freezes it; within a transaction it would keep its locks, and everybody would wait."""
    os.kill(worker, signal.SIGSTOP)
    if in_transaction():
        os.kill(worker, signal.SIGCONT)
        return False
    return True


def _holds_file(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / FILE, timeout=PROBE_SECONDS)) as probe:
        try:
            probe.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        probe.execute("ROLLBACK")
        return False


def _is_in_transaction(folder: Path) -> bool:
    ((others,),) = Ledger(folder).ask(OTHERS_IN_TRANSACTION)
    return bool(others)
