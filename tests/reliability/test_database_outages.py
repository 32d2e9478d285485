"""PostgreSQL goes away again and again, in every way; nobody hangs and nothing is lost."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from service.cli.serving import listen
from service.settings import Settings
from tests.postgresql import SERVICE, PostgresqlServer, a_postgresql_server
from tests.reliability.callers import PATIENCE, a_key
from tests.reliability.counts import OUTAGES, SEED
from tests.reliability.machine import load
from tests.reliability.network import a_network
from tests.reliability.observers import Answer, Observers
from tests.reliability.outages import Place
from tests.reliability.processes import a_worker, an_api, ended_at_last
from tests.reliability.rounds import (
    LOOK_EVERY,
    a_small_document,
    breaks_in_the_log,
    pairs_without_faults,
    until,
)
from tests.reliability.servers import KEY, NAME, prepared_on

SHORTEST, LONGEST = 0.1, 20.0
TOLD_WITHIN, MENDED_WITHIN = 2.0, 10.0
QUESTIONS = ("/health/ready", "/health/live", "/v1/keys")


@dataclass(frozen=True)
class Outage:
    """A fault that lasted for a while, and how soon it was told and mended."""

    fault: str
    lasted: float
    told: float | None
    mended: float


@pytest.mark.reliability
@pytest.mark.only_on("postgresql")
def test_no_outage_hangs_anybody_or_loses_anything(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    draw = random.Random(SEED)
    documents = [a_small_document(seed) for seed in (1, 2)]
    with (
        a_postgresql_server() as server,
        a_network(server.folder / ".s.PGSQL.5432") as network,
        listen("127.0.0.1", 0) as listening,
    ):
        direct = prepared_on(server)
        through = Settings(
            database_url=f"postgresql://{SERVICE}@127.0.0.1:{network.port}/{NAME}",
            audit_key=KEY,
            with_worker=False,
        )
        place, log = Place(server, network), tmp_path / "log"
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        observers = Observers(address, a_key(direct), QUESTIONS)
        with ended_at_last(
            [
                an_api(through, log, listening, patient=False),
                a_worker(through, log, patient=False),
            ]
        ):
            until(lambda: log.exists() and b"worker started" in log.read_bytes())
            with observers.watching(*documents):
                until(lambda: bool(observers.accepted()))
                outages = [_an_outage(place, observers, draw, turn) for turn in range(OUTAGES)]
            runs = {location.rpartition("/")[2] for location in observers.accepted()}
            deadline = time.monotonic() + PATIENCE
            while _unfinished(server):
                assert time.monotonic() < deadline
                wait([], LOOK_EVERY)
        ends = _ends(server)
        broken = breaks_in_the_log(direct)
        pairs = _pairs(server)
    answers = observers.answers
    tell("R5", _figure(outages, answers, len(runs), place.ended))
    assert runs <= set(ends)
    assert set(ends.values()) == {"solved"}
    assert not broken
    expected = {tuple(sorted(pairs_without_faults(document))) for document in documents}
    assert set(pairs.values()) == expected
    assert set(pairs) == set(ends)
    _check(outages, answers)


def _an_outage(place: Place, observers: Observers, draw: random.Random, turn: int) -> Outage:
    fault = place.faults[turn % len(place.faults)]
    lasts = SHORTEST * (LONGEST / SHORTEST) ** draw.random()
    wait([], draw.uniform(0, 1))
    with fault():
        began = time.monotonic()
        wait([], lasts)
    over = time.monotonic()
    told = observers.first("/health/ready", began, lambda answer: answer.status == 503)
    until(lambda: _is_well(observers, over))
    return Outage(
        fault=fault.__name__,
        lasted=lasts,
        told=None if told is None else told.at + told.seconds - began,
        mended=time.monotonic() - over,
    )


def _is_well(observers: Observers, since: float) -> bool:
    """Whether the service was asked since then, and could work."""
    asked = {"/health/ready": 200, "/v1/keys": 403}
    return all(
        observers.first(what, since, lambda answer, good=good: answer.status == good) is not None  # type: ignore[misc]
        for what, good in asked.items()
    )


def _unfinished(server: PostgresqlServer) -> bool:
    question = "SELECT count(*) FROM runs WHERE status IN ('queued', 'solving')"
    return server.execute(question, database=NAME) != "0"


def _ends(server: PostgresqlServer) -> dict[str, str]:
    rows = server.execute("SELECT id, status FROM runs", database=NAME).splitlines()
    return {run: status for run, _, status in (row.partition("|") for row in rows)}


def _pairs(server: PostgresqlServer) -> dict[str, tuple[str, ...]]:
    rows = server.execute("SELECT run_id, document FROM assignments", database=NAME).splitlines()
    found: dict[str, list[str]] = {}
    for run, _, document in (row.partition("|") for row in rows):
        found.setdefault(run, []).append(document)
    return {run: tuple(sorted(documents)) for run, documents in found.items()}


def _figure(outages: list[Outage], answers: list[Answer], rounds: int, ended: int) -> str:
    counted = Counter(answer.status for answer in answers)
    slowest = max(answers, key=lambda answer: answer.seconds)
    told = [0.0, *(outage.told for outage in outages if outage.told is not None)]
    return (
        f"{len(outages)} outages of {min(o.lasted for o in outages):.1f} to "
        f"{max(o.lasted for o in outages):.1f} s "
        f"({', '.join(f'{name} {n}' for name, n in Counter(o.fault for o in outages).items())}; "
        f"{ended} connections thrown out); answers {dict(sorted(counted.items()))}, the slowest "
        f"{slowest.what} after {slowest.seconds:.2f} s; told in {max(told):.2f} s, mended in "
        f"{max(outage.mended for outage in outages):.2f} s; {rounds} rounds taken in, 0 lost"
    )


def _check(outages: list[Outage], answers: list[Answer]) -> None:
    """What needs no database says how late everything is on a machine that has other work."""
    told_within = TOLD_WITHIN * load()
    alive = [answer for answer in answers if answer.what == "/health/live"]
    late = max(answer.seconds for answer in alive)
    refused = [answer for answer in answers if answer.status == 503]
    assert {answer.status for answer in alive} == {200}
    assert {answer.status for answer in answers} <= {200, 202, 403, 503}
    assert all(answer.retry_after for answer in refused)
    assert max(answer.seconds for answer in refused) <= told_within + late
    # What was done all the same may have begun just before the end of an outage.
    assert max(answer.seconds for answer in answers) <= 2 * told_within + late
    for outage in outages:
        assert outage.mended <= MENDED_WITHIN * load() + late, outage
        # Being thrown out is mended between two requests, and a short fault may fall there.
        if outage.fault != "thrown_out" and outage.lasted > told_within + late:
            assert outage.told is not None, outage
            assert outage.told <= told_within + late, outage
    assert any(outage.told is not None for outage in outages), "no fault was noticed"
