"""Runs are cancelled at any moment of their life; each has one end, and its processor is free."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest

from scenarios.generate import generate_round
from tests.reliability.counts import CANCELS, SEED
from tests.reliability.ledger import Ledger
from tests.reliability.machine import load
from tests.reliability.processes import a_worker, ended_at_last
from tests.reliability.rounds import prepared
from tests.service.services import LONG_ENOUGH, Caller, a_service, until

LONGEST_ANSWER = 1.0
LONGEST_RELEASE = 3.0
PEOPLE = (250, 300)
CANCELS_A_WORKER = 20
LOOKS, LOOK_EVERY = 3, 0.02
"""How often, and in seconds how far apart, searches must be seen quiet to be so."""


@pytest.mark.reliability
def test_a_cancel_at_any_moment_ends_the_run_and_frees_the_processor(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    document = json.dumps(generate_round(*PEOPLE, seed=SEED)).encode()
    trials = Trials(random.Random(SEED))
    settings = prepared(tmp_path, progress_every=1.0, poll_every=0.05)
    with a_service(tmp_path, with_worker=False) as caller:
        for count in range(0, CANCELS, CANCELS_A_WORKER):
            worker = a_worker(settings, tmp_path / "log", searches=2 * CANCELS_A_WORKER)
            with ended_at_last([worker]):
                trials.time_one(caller, document)
                for _ in range(min(CANCELS_A_WORKER, CANCELS - count)):
                    trials.cancel_one(caller, document, worker)
    tell("R10", trials.report())
    assert trials.slow_answers() <= CANCELS // 100
    assert max(trials.released) < LONGEST_RELEASE * load()
    assert trials.phases["cancelled"] >= CANCELS // 4, "hardly any cancel came in time"
    assert trials.phases["cancelled while queued"], "no cancel hit a waiting run"
    assert trials.phases["cancelled while solving"], "no cancel hit a solve"
    _check(tmp_path, trials.ends)


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
        """How long a run takes that nobody cancels, by a worker that is at its second one."""
        for _ in range(2):
            started = time.monotonic()
            run = caller.post(document, prefer="wait=60").headers["location"]
            self._whole = time.monotonic() - started
            self.ends[_id(run)] = "solved"

    def cancel_one(self, caller: Caller, document: bytes, worker: BaseProcess) -> None:
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
                self._wait_for_release(worker, started)
        else:
            assert answer.status_code == 409, answer.text
            self.ends[_id(run)] = "solved"
            self.phases["came too late"] += 1
        if ahead is not None:
            until(caller, ahead, lambda seen: seen["status"] == "solved")
            self.ends[_id(ahead)] = "solved"

    def slow_answers(self) -> int:
        """How many cancels took too long to be answered."""
        return sum(seconds >= LONGEST_ANSWER * load() for seconds in self.answered)

    def report(self) -> str:
        """The figures."""
        phases = ", ".join(f"{count} {phase}" for phase, count in sorted(self.phases.items()))
        ninety_ninth = sorted(self.answered)[len(self.answered) * 99 // 100]
        return (
            f"{len(self.answered)} cancels over {self._whole:.1f} s ({phases}); answered in "
            f"{ninety_ninth:.2f} s (99th per cent), at most {max(self.answered):.2f} s, "
            f"processor free after at most {max(self.released):.2f} s, one end each"
        )

    def _wait_for_release(self, worker: BaseProcess, started: float) -> None:
        """Until the worker's searches have been quiet at several looks in a row."""
        quiet, since = 0, started
        while quiet < LOOKS and since < started + LONG_ENOUGH:
            since = since if quiet else time.monotonic()
            quiet = 0 if _searching(worker) else quiet + 1
            Event().wait(LOOK_EVERY)
        self.released.append(since - started)


def _check(folder: Path, ends: dict[UUID, str]) -> None:
    """Every run has the end that was answered, and only solved ones have a result."""
    ledger = Ledger(folder)
    assert {run: seen.status for run, seen in ledger.check().items()} == ends
    solved = {run.hex for run, end in ends.items() if end == "solved"}
    assert {run for (run,) in ledger.ask("SELECT run_id FROM results")} == solved
    assert ledger.told() == ends


def _searching(worker: BaseProcess) -> bool:
    """Whether a search of the worker uses the processor, or waits for its turn on it."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text(encoding="ascii")
    return any(_state(int(pid)) == "R" for pid in children.split())


def _state(pid: int) -> str:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return "gone"
    return stat.rpartition(")")[2].split()[0]


def _id(path: str) -> UUID:
    return UUID(path.rpartition("/")[2])
