"""A worker that is frozen for longer than its lease comes back too late, and changes nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.reliability.processes import LONG_ENOUGH, a_worker, ended_at_last
from tests.reliability.rounds import (
    Ledger,
    a_small_document,
    prepared,
    submitted,
    until,
    until_finished,
)
from tests.reliability.test_worker_kills import some_settings

PROBE_SECONDS = 0.2


@pytest.mark.reliability
def test_a_worker_that_was_frozen_finds_its_run_in_other_hands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, log = some_settings(tmp_path), tmp_path / "frozen.log"
    prepared(settings)
    run, ledger = submitted(settings, a_small_document(1)), Ledger(tmp_path / "test.sqlite3")
    with ended_at_last([a_worker(settings, log)]) as processes:
        (frozen,) = processes
        worker = frozen.pid
        assert worker is not None
        until(lambda: ledger.runs()[run].status == "solving")
        until(lambda: _is_frozen_outside_a_transaction(worker, tmp_path))
        processes.append(a_worker(settings, tmp_path / "log"))
        end = until_finished(ledger, run)
        pairs = ledger.pairs(run)
        os.kill(worker, signal.SIGCONT)
        until(lambda: b'"event": "run let go"' in log.read_bytes() or frozen.exitcode is not None)
        frozen.terminate()
        frozen.join(LONG_ENOUGH)
    with capsys.disabled():
        print(f"\na frozen worker's run was solved by another; attempts {end.attempt}, 1 end")
    assert (end.status, end.attempt, end.losses) == ("solved", 2, 1)
    assert frozen.exitcode == 0
    assert ledger.runs()[run] == end
    assert ledger.pairs(run) == pairs
    ledger.check()


def _is_frozen_outside_a_transaction(worker: int, folder: Path) -> bool:
    """Freezes it; within a transaction it would keep SQLite's lock, and everybody would wait."""
    os.kill(worker, signal.SIGSTOP)
    with closing(sqlite3.connect(folder / "test.sqlite3", timeout=PROBE_SECONDS)) as probe:
        try:
            probe.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            os.kill(worker, signal.SIGCONT)
            return False
        probe.execute("ROLLBACK")
        return True
