"""A worker that is frozen for longer than its lease comes back too late, and changes nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from service.settings import Settings
from tests.reliability.ledger import Ledger
from tests.reliability.processes import LONG_ENOUGH, a_worker, ended_at_last
from tests.reliability.rounds import a_small_document, submitted, until, until_finished
from tests.reliability.test_worker_kills import with_quick_leases
from tests.service.databases import FILE

PROBE_SECONDS = 0.2
ROUNDS_AT_MOST = 20
OTHERS_IN_TRANSACTION = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
)


@pytest.mark.reliability
def test_a_worker_that_was_frozen_finds_its_run_in_other_hands(
    tmp_path: Path, tell: Callable[[str, str], None], database_kind: str
) -> None:
    settings, log = with_quick_leases(tmp_path), tmp_path / "frozen.log"
    ledger = Ledger(tmp_path)
    in_transaction = _holds_file if database_kind == "sqlite" else _is_in_transaction
    # A fresh search takes its time, in which the worker can be frozen.
    with ended_at_last([a_worker(settings, log, searches=0)]) as processes:
        (frozen,) = processes
        worker = frozen.pid
        assert worker is not None
        run = _frozen_over(worker, settings, ledger, lambda: in_transaction(tmp_path))
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


def _frozen_over(
    worker: int, settings: Settings, ledger: Ledger, in_transaction: Callable[[], bool]
) -> UUID:
    """The run that the worker was solving when it was frozen; some are over before that."""
    for _ in range(ROUNDS_AT_MOST):
        run = submitted(settings, a_small_document(1))
        until(partial(_is_begun, ledger, run))
        while not ledger.runs()[run].finished:
            os.kill(worker, signal.SIGSTOP)
            # Within a transaction it would keep its locks, and everybody would wait.
            if not in_transaction() and not ledger.runs()[run].finished:
                return run
            os.kill(worker, signal.SIGCONT)
    raise AssertionError("every run was over before its worker could be frozen")


def _is_begun(ledger: Ledger, run: UUID) -> bool:
    return ledger.runs()[run].status != "queued"


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
