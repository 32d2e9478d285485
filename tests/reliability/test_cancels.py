"""Runs are cancelled at any moment of their life; each has one end, and its processor is free.

`CANCELS=300 uv run pytest -m slow tests/reliability/test_cancels.py` is the long form; `SEED`
repeats one that failed.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest

from scenarios.generate import generate_round
from service.worker.solve import logged_solve
from tests.reliability.rounds import Ledger
from tests.service.services import LONG_ENOUGH, Caller, a_service, until

CANCELS = int(os.environ.get("CANCELS", "40"))
SEED = int(os.environ.get("SEED", str(time.time_ns() % 1_000_000)))
LONGEST_ANSWER = 1.0
LONGEST_RELEASE = 3.0
PEOPLE = (120, 150)


@pytest.mark.reliability
def test_a_cancel_at_any_moment_ends_the_run_and_frees_the_processor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.dumps(generate_round(*PEOPLE, seed=SEED)).encode()
    trials = Trials(random.Random(SEED))
    with a_service(tmp_path, logged_solve, progress_every=1.0, lease=30.0) as caller:
        trials.time_one(caller, document)
        for _ in range(CANCELS):
            trials.cancel_one(caller, document)
        runs = Ledger(tmp_path / "test.sqlite3").runs()
    with capsys.disabled():
        print(f"\nR10 seed {SEED}: {trials.report()}")
    assert max(trials.answered) < LONGEST_ANSWER
    assert max(trials.released) < LONGEST_RELEASE
    assert trials.phases["cancelled"] >= CANCELS // 4, "hardly any cancel came in time"
    assert trials.phases["cancelled while queued"], "no cancel hit a waiting run"
    _check(tmp_path, runs.keys(), trials.ends)


class Trials:
    """Cancels at moments drawn over the time that a whole run takes, and somewhat longer."""

    def __init__(self, draw: random.Random) -> None:
        self.ends: dict[UUID, str] = {}
        self.phases: Counter[str] = Counter()
        self.answered: list[float] = []
        self.released: list[float] = []
        self._draw = draw
        self._whole = 0.0

    def time_one(self, caller: Caller, document: bytes) -> None:
        """How long a run takes that nobody cancels."""
        started = time.monotonic()
        run = caller.post(document, prefer="wait=60").headers["location"]
        self._whole = time.monotonic() - started
        self.ends[_id(run)] = "solved"

    def cancel_one(self, caller: Caller, document: bytes) -> None:
        """Submits a round and cancels its run; every fourth while another is being solved."""
        second = len(self.answered) % 4 == 0
        ahead = caller.post(document).headers["location"] if second else None
        run = caller.post(document).headers["location"]
        Event().wait(self._draw.uniform(0, (0.7 if second else 1.1) * self._whole))
        before = caller.get(run).json()["status"]
        started = time.monotonic()
        answer = caller.do(f"{run}/cancel")
        self.answered.append(time.monotonic() - started)
        if answer.status_code == 200:
            self.ends[_id(run)] = "cancelled"
            self.phases["cancelled"] += 1
            self.phases[f"cancelled while {before}"] += 1
            if before == "solving":
                self._wait_for_release(started)
        else:
            assert answer.status_code == 409, answer.text
            self.ends[_id(run)] = "solved"
            self.phases["came too late"] += 1
        if ahead is not None:
            until(caller, ahead, lambda seen: seen["status"] == "solved")
            self.ends[_id(ahead)] = "solved"

    def report(self) -> str:
        """The figures."""
        phases = ", ".join(f"{count} {phase}" for phase, count in sorted(self.phases.items()))
        return (
            f"{CANCELS} cancels over {self._whole:.1f} s ({phases}); answered in at most "
            f"{max(self.answered):.2f} s, processor free after at most {max(self.released):.2f} s, "
            f"one end each"
        )

    def _wait_for_release(self, started: float) -> None:
        deadline = started + LONG_ENOUGH
        while _searches() and time.monotonic() < deadline:
            Event().wait(0.02)
        self.released.append(time.monotonic() - started)


def _check(folder: Path, runs: object, ends: dict[UUID, str]) -> None:
    """Every run has the end that was answered, and only solved ones have a result."""
    ledger = Ledger(folder / "test.sqlite3")
    ledger.check()
    assert {run: seen.status for run, seen in ledger.runs().items()} == ends
    solved = {run.hex for run, end in ends.items() if end == "solved"}
    assert {run for (run,) in ledger.ask("SELECT run_id FROM results")} == solved
    assert {UUID(run): state for run, state in ledger.told()} == ends


def _searches() -> list[int]:
    """The solving processes that this one has started and that are alive."""
    tasks = Path("/proc/self/task").glob("*/children")
    children = [int(pid) for task in tasks for pid in _read(task).split()]
    return [pid for pid in children if b"solver.search.child" in _bytes(pid)]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _bytes(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _id(path: str) -> UUID:
    return UUID(path.rpartition("/")[2])
