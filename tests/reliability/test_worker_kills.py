"""Workers are killed at every turn; no round is lost, and none is solved twice."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from service.failpoints import FAILPOINTS
from service.settings import Settings
from tests.reliability.counts import KILLS, SEED
from tests.reliability.ledger import Ledger, SeenRun
from tests.reliability.machine import load
from tests.reliability.processes import LONG_ENOUGH, a_worker, ended_at_last
from tests.reliability.rounds import (
    a_small_document,
    breaks_in_the_log,
    pairs_without_faults,
    prepared,
    submitted,
    until_finished,
)

ROUNDS_AT_LEAST = min(60, KILLS * 3 // 10)
WORKERS = 4
OPEN_AT_ONCE = 8
FATES = (*FAILPOINTS, "after_commit", "after_commit", "after_commit", "random", "random")
"""Most deaths leave the run as it was, so more of them come after its end."""

LONGEST_LIFE = 1.5
"""Seconds within which a worker is killed that no failpoint kills."""

ALLOWANCE = 15.0
"""Seconds after the lease within which a run of a dead worker is at its end."""


@pytest.mark.reliability
def test_no_kill_of_a_worker_loses_a_round_or_solves_one_twice(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    battle = Battle(tmp_path, random.Random(SEED))
    took = battle.fight()
    tell("R1", f"{battle.report()}; the last run ended {took:.1f} s later")
    assert sum(battle.killed.values()) >= KILLS
    assert set(battle.killed) == {*FAILPOINTS, "random"}
    assert len(battle.expected) >= ROUNDS_AT_LEAST
    assert took <= battle.settings.lease + ALLOWANCE * load()


@pytest.mark.reliability
def test_a_run_whose_workers_keep_dying_is_given_up_and_the_next_one_is_solved(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    """Twice it is tried again by itself; then it is `failed`, with a reason that has a name."""
    settings, ledger = with_quick_leases(tmp_path), Ledger(tmp_path)
    poison = submitted(settings, a_small_document(1))
    with ended_at_last([]) as processes:
        for _ in range(1 + settings.automatic_retries):
            processes.append(a_worker(settings, tmp_path / "log", FAILPOINT="after_claim"))
            processes[-1].join(LONG_ENOUGH)
            assert processes[-1].exitcode == -signal.SIGKILL
        processes.append(a_worker(settings, tmp_path / "log"))
        given_up = until_finished(ledger, poison)
        assert given_up.status == "failed"
        assert '"RUN_QUARANTINED"' in str(given_up.failure)
        assert given_up.losses == 1 + settings.automatic_retries
        assert until_finished(ledger, submitted(settings, a_small_document(2))).status == "solved"
    tell("R1", f"a run was given up after {given_up.losses} deaths, and the next one was solved")
    ledger.check()


def with_quick_leases(folder: Path, **given: Any) -> Settings:
    """Settings under which nobody need wait for half a minute, with a database up to date."""
    return prepared(folder, **{"lease": 0.6, "poll_every": 0.05, "progress_every": 0.1, **given})


class Battle:
    """A few workers at a time, each with its death before it, over rounds that keep coming."""

    def __init__(self, folder: Path, draw: random.Random) -> None:
        self.settings = with_quick_leases(folder, automatic_retries=10 * KILLS)
        self.killed: Counter[str] = Counter()
        self.expected: dict[UUID, int] = {}
        self._folder, self._draw = folder, draw
        self._ledger = Ledger(folder)
        self._ends: dict[UUID, SeenRun] = {}
        self._answers = {seed: pairs_without_faults(a_small_document(seed)) for seed in range(5)}
        self._deck: list[str] = []
        self._fates: dict[BaseProcess, tuple[str, float]] = {}

    def fight(self) -> float:
        """Kills as often as it should; gives the seconds from the last kill to the last end."""
        with ended_at_last([]) as processes:
            while sum(self.killed.values()) < KILLS or len(self.expected) < ROUNDS_AT_LEAST:
                self._submit()
                while len(self._fates) < WORKERS:
                    processes.append(self._worker())
                self._reap()
            last = time.monotonic()
            for process in self._fates:
                process.kill()
            processes += [a_worker(self.settings, self._folder / "log") for _ in range(WORKERS)]
            for run in self.expected:
                until_finished(self._ledger, run)
            took = time.monotonic() - last
        self._check_all()
        return took

    def report(self) -> str:
        """The figures."""
        attempts = sum(seen.attempt for seen in self._ledger.runs().values())
        deaths = ", ".join(f"{name} {count}" for name, count in sorted(self.killed.items()))
        return (
            f"{sum(self.killed.values())} kills ({deaths}), {len(self.expected)} rounds, "
            f"{attempts} attempts, 0 lost, 0 doubled, every assignment as without faults"
        )

    def _submit(self) -> None:
        """New rounds, so many that there is always something to die over."""
        open_ones = sum(not seen.finished for seen in self._ledger.runs().values())
        for _ in range(OPEN_AT_ONCE - open_ones):
            seed = self._draw.choice(sorted(self._answers))
            self.expected[submitted(self.settings, a_small_document(seed))] = seed

    def _worker(self) -> BaseProcess:
        self._deck = self._deck or self._draw.sample(FATES, len(FATES))
        fate = self._deck.pop()
        environment = {} if fate == "random" else {"FAILPOINT": fate}
        process = a_worker(self.settings, self._folder / "log", **environment)
        life = self._draw.uniform(0, LONGEST_LIFE) if fate == "random" else LONG_ENOUGH
        self._fates[process] = (fate, time.monotonic() + life)
        return process

    def _reap(self) -> None:
        """Waits for the next death, brings it about where it is due, and looks what it left."""
        due = min(moment for _, moment in self._fates.values())
        wait([process.sentinel for process in self._fates], max(0.0, due - time.monotonic()))
        for process, (fate, moment) in list(self._fates.items()):
            if fate == "random" and time.monotonic() >= moment:
                process.kill()
                process.join()
            if process.exitcode is not None:
                assert process.exitcode == -signal.SIGKILL, (fate, process.exitcode)
                del self._fates[process]
                self.killed[fate] += 1
                self._look()
            else:
                assert time.monotonic() < moment, f"{fate} did not come"

    def _look(self) -> None:
        """What is finished stays as it is, and nothing is there twice."""
        for run, seen in self._ledger.check().items():
            if seen.finished:
                assert self._ends.setdefault(run, seen) == seen

    def _check_all(self) -> None:
        self._look()
        runs = self._ledger.runs()
        assert set(runs) == set(self.expected)
        log = (self._folder / "log").read_text(encoding="utf-8").splitlines()
        cut_short = [line for line in log if '"search stopped early"' in line]
        assert Counter(seen.status for seen in runs.values()) == {"solved": len(runs)}, cut_short
        assert len(self._ledger.told()) == self._ledger.count("results") == len(runs)
        assert self._ledger.count("incumbents") == 0
        assert breaks_in_the_log(self.settings) == ()
        for run, seed in self.expected.items():
            assert self._ledger.pairs(run) == self._answers[seed]
