"""The server is killed while it answers; every key has one round, and every answer is true."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import wait
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.cli.serving import listen
from service.settings import Settings
from tests.reliability.callers import Caller, a_key
from tests.reliability.counts import API_KILLS, SEED
from tests.reliability.ledger import Ledger
from tests.reliability.processes import an_api, ended_at_last, kill
from tests.reliability.rounds import a_small_document, prepared

CALLERS = 4
LONGEST_LIFE = 1.0
"""How long a server may live beyond its start, in the time that one answer takes."""


@pytest.mark.reliability
def test_killing_the_server_neither_loses_nor_doubles_a_round(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    settings = prepared(tmp_path, with_worker=False)
    draw, over = random.Random(SEED), Event()
    with (
        listen("127.0.0.1", 0) as listening,
        ended_at_last([an_api(settings, tmp_path / "log", listening)]) as servers,
        ThreadPoolExecutor(CALLERS) as threads,
    ):
        callers = [Caller(listening, a_key(settings)) for _ in range(CALLERS)]
        working = [threads.submit(_submit_until, over, caller) for caller in callers]
        try:
            _kill_again_and_again(settings, tmp_path, servers, listening, draw, callers[0])
        finally:
            over.set()
        answers = {key: answer for work in working for key, answer in work.result().items()}
        again = {key: callers[0].insist(a_small_document(0), key) for key in answers}
    ledger = Ledger(tmp_path)
    broken = sum(caller.broken for caller in callers)
    tell(
        "R2",
        f"{API_KILLS} kills of the API, {broken} requests broken off, {len(answers)} keys, "
        f"{ledger.count('rounds')} rounds, every repeat the same answer",
    )
    assert broken >= API_KILLS // 4, "the kills hit nobody"
    _check(ledger, answers)
    assert {key: answer.content for key, answer in again.items()} == {
        key: answer.content for key, answer in answers.items()
    }


def _kill_again_and_again(
    settings: Settings,
    folder: Path,
    servers: list[Any],
    listening: Any,
    draw: random.Random,
    caller: Caller,
) -> None:
    """Each server answers at least once, so that its death comes while it is at work."""
    for _ in range(API_KILLS):
        started = time.monotonic()
        assert caller.get("/v1/rules").status_code == 200
        answered = time.monotonic() - started
        wait([servers[-1].sentinel], draw.uniform(0, LONGEST_LIFE * answered))
        kill(servers[-1])
        Ledger(folder).check()
        servers.append(an_api(settings, folder / "log", listening))


def _submit_until(over: Event, caller: Caller) -> dict[str, Any]:
    """The answer to each key, one after the other."""
    answers = {}
    while not over.is_set():
        key = str(uuid4())
        answers[key] = caller.insist(a_small_document(0), key)
    return answers


def _check(ledger: Ledger, answers: dict[str, Any]) -> None:
    """A round for each key and no other, each whole, and each where its answer says it is."""
    ledger.check()
    assert {answer.status_code for answer in answers.values()} == {202}
    runs = {UUID(answer.json()["run"]["id"]) for answer in answers.values()}
    assert set(ledger.runs()) == runs
    assert len(runs) == len(answers) == ledger.count("rounds") == ledger.count("idempotency_keys")
    people = ledger.ask("SELECT count(*) FROM identities GROUP BY round_id")
    assert people == [(6,)] * len(runs)
