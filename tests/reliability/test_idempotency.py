"""One key, one round: repeated at once, by two servers, and after they have started anew."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.cli.serving import listen
from service.settings import Settings
from tests.reliability.callers import Caller, a_key
from tests.reliability.counts import KEYS, REPEATS
from tests.reliability.ledger import Ledger
from tests.reliability.processes import an_api, ended_at_last, kill
from tests.reliability.rounds import a_small_document, prepared

AT_ONCE = REPEATS // 2
"""Half of the repeats come before the restart, half after it."""


@pytest.mark.reliability
def test_repeats_of_a_key_make_one_round_and_get_one_answer(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    settings = prepared(tmp_path, with_worker=False)
    key = a_key(settings)
    keys = [str(uuid4()) for _ in range(KEYS)]
    with listen("127.0.0.1", 0) as first, listen("127.0.0.1", 0) as second:
        callers = [Caller(listening, key) for listening in (first, second)]
        before = _answered(settings, tmp_path, (first, second), callers, keys)
        after = _answered(settings, tmp_path, (first, second), callers, keys)
    ledger = Ledger(tmp_path)
    at_once = sum(before.conflicts.values())
    tell(
        "R3",
        f"{KEYS} keys x {2 * AT_ONCE} repeats by 2 servers and after a restart: "
        f"{ledger.count('rounds')} rounds, one answer each, {at_once} told to wait, "
        f"{KEYS} of {KEYS} other bodies refused",
    )
    assert at_once, "no two repeats met"
    assert before.answers == after.answers
    assert all(len(found) == 1 for found in before.answers.values())
    assert set(ledger.runs()) == before.runs
    assert ledger.count("rounds") == len(before.runs) == KEYS


class _Answers:
    """What was answered under each key, and how often somebody was told to wait."""

    def __init__(self) -> None:
        self.answers: dict[str, set[bytes]] = {}
        self.conflicts: Counter[str] = Counter()
        self.runs: set[UUID] = set()

    def take(self, key: str, answer: Any) -> None:
        if answer.status_code == 409:
            assert answer.json()["issues"][0]["code"] == "IDEMPOTENCY_KEY_IN_FLIGHT"
            assert answer.headers["retry-after"] == "1"
            self.conflicts[key] += 1
            return
        assert answer.status_code == 202, answer.text
        self.answers.setdefault(key, set()).add(answer.content)
        self.runs.add(UUID(answer.json()["run"]["id"]))


def _answered(
    settings: Settings,
    folder: Path,
    sockets: tuple[socket.socket, ...],
    callers: list[Caller],
    keys: list[str],
) -> _Answers:
    """Everybody at once for each key, then somebody with another body."""
    found = _Answers()
    together = Barrier(AT_ONCE)

    def ask(key: str, place: int) -> Any:
        together.wait()
        caller = callers[place % len(callers)]
        return caller.post("/v1/rounds", a_small_document(0), **{"idempotency-key": key})

    with (
        ended_at_last([an_api(settings, folder / "log", each) for each in sockets]) as servers,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        for key in keys:
            for answer in threads.map(ask, [key] * AT_ONCE, range(AT_ONCE)):
                found.take(key, answer)
            headers = {"idempotency-key": key}
            other = callers[0].post("/v1/rounds", a_small_document(1), **headers)
            assert other.status_code == 422
            assert other.json()["issues"][0]["code"] == "IDEMPOTENCY_KEY_REUSED"
        for server in servers:
            kill(server)
    return found
