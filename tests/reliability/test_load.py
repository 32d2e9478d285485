"""Reads stay quick while large rounds come in and one is solved, each in processes of its own."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from scenarios.generate import generate_round
from tests.reliability.callers import a_key
from tests.reliability.commands import SERVE, WORK, Started, running
from tests.reliability.counts import LOAD_SECONDS, SEED
from tests.reliability.layout import settings_of_processes
from tests.reliability.ledger import Ledger
from tests.reliability.machine import load, processor_seconds
from tests.reliability.processes import LONG_ENOUGH
from tests.reliability.readers import TOOL, Readers
from tests.reliability.rounds import prepared, until

LAYOUT = (
    *(
        (*SERVE, "--without-worker", *(f"{name.upper()}={value}" for name, value in own.items()))
        for own in settings_of_processes()
    ),
    (*WORK, "NICENESS=14", "POLL_EVERY=0.1"),
)
"""Reads, the intake of rounds, and solves: each gives way to the one before it."""

PEOPLE = (3_000, 4_000)
CLIENTS = 4
READS_A_SECOND = 10
"""At each of four places."""

HALF_WITHIN, NEARLY_ALL_WITHIN = 0.060, 0.200
ROUNDS_A_SECOND = 1.5
"""What the work on each must leave time for, were a processor the intake's own; it gives way to
whatever else goes on, so that how many it takes in depends on that."""


@pytest.mark.reliability
@pytest.mark.only_on("postgresql")
def test_reads_stay_quick_while_large_rounds_are_taken_in_and_solved(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    header = f"Authorization: Bearer {a_key(prepared(tmp_path))}"
    body = json.dumps(generate_round(*PEOPLE, seed=SEED)).encode()
    before, ledger = load(), Ledger(tmp_path)
    with running(tmp_path, *LAYOUT) as (reads, *intakes, _worker), ThreadPoolExecutor() as threads:
        addresses = [intake.address for intake in intakes]
        run, round_ = _solved(addresses[0], header, body)
        places = (run, round_, f"{run}/assignments", f"{run}/unmatched")
        urls = [reads.address + place for place in places]
        # A round ahead, so that there is a solve from the first moment to the last.
        _post(addresses[0], header, body)
        until(lambda: any(seen.status == "solving" for seen in ledger.runs().values()))
        readers = Readers(urls, header, READS_A_SECOND, LOAD_SECONDS)
        began, computed = time.monotonic(), -_processor_seconds(intakes)
        over = began + LOAD_SECONDS
        clients = [
            threads.submit(_post_until, over, address, header, body)
            for address in islice(cycle(addresses), CLIENTS)
        ]
        answers = sorted(readers.finished(), key=lambda read: read.seconds)
        posted = Counter(status for client in clients for status, _ in client.result())
        accepted = {run for client in clients for _, run in client.result() if run}
        a_second = len(accepted) / (time.monotonic() - began)
        each = (computed + _processor_seconds(intakes)) / len(accepted)
        runs = ledger.runs()
    half, nearly_all = (answers[len(answers) * part // 100].seconds for part in (50, 99))
    statuses = Counter(read.status for read in answers)
    solved = sum(seen.status == "solved" for seen in runs.values()) - 1
    tell(
        "R11",
        f"{LOAD_SECONDS} s of {CLIENTS} clients posting {sum(PEOPLE)} people ({len(body) >> 10} "
        f"KB), {len(accepted)} accepted, {a_second:.1f} a second, each {each:.2f} s of work; "
        f"{solved} solved meanwhile, the next under way; {len(answers)} reads by {TOOL}: p50 "
        f"{half * 1000:.0f} ms, p99 {nearly_all * 1000:.0f} ms, {len(answers) - statuses[200]} "
        f"errors; load {before:.1f} beforehand",
    )
    assert set(statuses) == {200}
    assert len(answers) >= len(urls) * READS_A_SECOND * LOAD_SECONDS // 2
    assert {202} <= set(posted) <= {202, 429, 503}
    assert accepted <= runs.keys()
    assert "solving" in {seen.status for seen in runs.values()}, "nothing was being solved"
    assert half < HALF_WITHIN * before
    assert nearly_all < NEARLY_ALL_WITHIN * before
    assert each < before / ROUNDS_A_SECOND


def _processor_seconds(processes: Sequence[Started]) -> float:
    return sum(processor_seconds(one.process.pid) for one in processes)


def _solved(address: str, header: str, body: bytes) -> tuple[str, str]:
    """The paths of a run that is finished and of its round."""
    _, run = _post(address, header, body)
    path, headers = f"/v1/runs/{run}", [tuple(header.split(": "))]
    deadline = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < deadline:
        seen = httpx.get(address + path, headers=headers).json()
        if seen["status"] == "solved":
            return path, seen["links"]["round"]
    raise AssertionError(seen)


def _post_until(
    over: float, address: str, header: str, body: bytes
) -> list[tuple[int, UUID | None]]:
    """Posts one round after the other; each answer's status and run."""
    answers = []
    while time.monotonic() < over:
        answers.append(_post(address, header, body))
    return answers


def _post(address: str, header: str, body: bytes) -> tuple[int, UUID | None]:
    name, _, value = header.partition(": ")
    headers = {name: value, "Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=LONG_ENOUGH)
    try:
        connection.request("POST", "/v1/rounds", body, headers)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    assert answer.status == 202 or answer.getheader("Retry-After")
    location = answer.getheader("Location")
    return answer.status, UUID(location.rpartition("/")[2]) if location else None
