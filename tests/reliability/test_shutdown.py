"""The service is told to end under load: it does so soon, and nothing it accepted is lost."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.reliability.callers import a_key
from tests.reliability.commands import SERVE, WORK, running
from tests.reliability.ledger import Ledger
from tests.reliability.machine import load
from tests.reliability.processes import LONG_ENOUGH, a_worker, ended_at_last
from tests.reliability.rounds import a_small_document, prepared, until_finished

LONGEST_END = 10.0
CALLERS = 2
ENOUGH_ACCEPTED = 3
LAYOUTS = {"one process": [SERVE], "two processes": [(*SERVE, "--without-worker"), WORK]}


@pytest.mark.reliability
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_service_ends_soon_under_load_and_loses_nothing(
    tmp_path: Path,
    tell: Callable[[str, str], None],
    number: signal.Signals,
    layout: str,
) -> None:
    settings, ledger = prepared(tmp_path), Ledger(tmp_path)
    key = a_key(settings)
    with running(tmp_path, *LAYOUTS[layout]) as started:
        address, processes = started[0].address, [one.process for one in started]
        accepted, statuses, seconds = _ended_under_load(address, key, processes, number)
    unfinished = sum(not seen.finished for seen in ledger.runs().values())
    with ended_at_last([a_worker(settings, tmp_path / "log")]):
        ends = [until_finished(ledger, run) for run in accepted]
    tell(
        "R18",
        f"{layout}, {number.name}: ended in {seconds:.1f} s with {len(accepted)} rounds accepted "
        f"and {unfinished} unfinished; all solved by the next worker",
    )
    assert seconds < LONGEST_END * load()
    assert [process.returncode for process in processes] == [0] * len(processes)
    assert max(statuses) < 500
    assert unfinished, "there was nothing to lose"
    assert {seen.status for seen in ends} == {"solved"}
    assert {seen.losses for seen in ends} == {0}, "a run was left to be found by its silence"
    ledger.check()


def _ended_under_load(
    address: str, key: str, processes: list[subprocess.Popen[str]], number: signal.Signals
) -> tuple[list[UUID], list[int], float]:
    """The accepted runs, every status answered, and how long the end took."""
    over = Event()
    with ThreadPoolExecutor(CALLERS) as threads:
        work = [threads.submit(_submit, address, key, over) for _ in range(CALLERS)]
        _wait_until_some_are_accepted(address, key)
        started = time.monotonic()
        for process in processes:
            process.send_signal(number)
        for process in processes:
            process.wait(LONG_ENOUGH)
        seconds = time.monotonic() - started
        over.set()
        answers = [answer for each in work for answer in each.result()]
    accepted = [
        UUID(answer.headers["location"].rpartition("/")[2])
        for answer in answers
        if answer.status_code in (200, 202)
    ]
    return accepted, [answer.status_code for answer in answers], seconds


def _submit(address: str, key: str, over: Event) -> list[Any]:
    """The answers to rounds submitted one after the other; every other one waits for its result."""
    answers = []
    while not over.is_set():
        prefer = {"prefer": "wait=30"} if len(answers) % 2 else {}
        headers = {"authorization": f"Bearer {key}", "idempotency-key": str(uuid4())} | prefer
        try:
            answer = httpx.post(
                f"{address}/v1/rounds", json=a_small_document(0), headers=headers, timeout=60
            )
        except httpx.TransportError:
            break
        answers.append(answer)
    return answers


def _wait_until_some_are_accepted(address: str, key: str) -> None:
    """Until a solve is under way and others wait: then there is something to lose."""
    headers = {"authorization": f"Bearer {key}"}
    deadline = time.monotonic() + LONG_ENOUGH
    waiting: list[str] = []
    while len(waiting) < ENOUGH_ACCEPTED and time.monotonic() < deadline:
        answer = httpx.post(
            f"{address}/v1/rounds", json=a_small_document(1), headers=headers, timeout=60
        )
        waiting.append(answer.headers["location"])
    while time.monotonic() < deadline:
        statuses = [httpx.get(f"{address}{run}", headers=headers) for run in waiting]
        if any(answer.json()["status"] == "solving" for answer in statuses):
            return
    raise AssertionError("nothing is being solved")
