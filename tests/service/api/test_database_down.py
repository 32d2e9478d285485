"""The database goes away while the service runs: it says so at once, and mends by itself."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from service.storage import postgresql
from service.storage.postgresql import OPENED_WITHIN
from tests.postgresql import SERVICE, PostgresqlServer, a_postgresql_server
from tests.service.databases import databases_on
from tests.service.services import LONG_ENOUGH, Caller, a_document, a_service

pytestmark = pytest.mark.only_on("postgresql")

ANSWERED_WITHIN, RECOVERED_WITHIN = 2.0, 10.0
PIDS = f"SELECT pid FROM pg_stat_activity WHERE usename = '{SERVICE}'"  # noqa: S608
END = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{SERVICE}'"  # noqa: S608
ALL_DATABASES = "SELECT datname FROM pg_database WHERE datname LIKE 'test%'"


@contextmanager
def crashed(server: PostgresqlServer) -> Iterator[None]:
    """The server dies and is started again later."""
    server.stop("immediate")
    try:
        yield
    finally:
        server.start()


@contextmanager
def refusing(server: PostgresqlServer) -> Iterator[None]:
    """The server ends every connection and takes no new one."""
    (name,) = server.execute(ALL_DATABASES).splitlines()
    server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false", END)
    try:
        yield
    finally:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@contextmanager
def silent(server: PostgresqlServer) -> Iterator[None]:
    """Connections stay open and new ones are let in, but nobody answers."""
    processes = [server.pid, *map(int, server.execute(PIDS).split())]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in reversed(processes):
            os.kill(process, signal.SIGCONT)


FAULTS: tuple[Callable[[PostgresqlServer], AbstractContextManager[None]], ...]
FAULTS = (crashed, refusing, silent)
OUTAGES = 20


@pytest.mark.slow
def test_an_outage_is_told_at_once_and_mends_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "OPENED_WITHIN", OPENED_WITHIN)
    told, mended, statuses = [], [], Counter[int]()
    with a_postgresql_server() as server, databases_on(server), a_service(tmp_path) as caller:
        run = caller.submitted()
        for fault in islice(cycle(FAULTS), OUTAGES):
            with fault(server):
                told.append(_seconds_until_told(caller, run, statuses))
            mended.append(_seconds_until_mended(caller, run))
        assert caller.submitted() != run
        rounds = server.execute(
            "SELECT count(*) FROM rounds", database=server.execute(ALL_DATABASES)
        )
    print(
        f"{OUTAGES} outages, {statuses[503]} answers of 503: told in {max(told):.2f} s at most, "
        f"mended in {max(mended):.2f} s at most"
    )
    assert statuses == {503: OUTAGES * 3 * 2}
    assert max(told) <= ANSWERED_WITHIN
    assert max(mended) <= RECOVERED_WITHIN
    assert rounds == "2"


def test_connections_that_the_server_ended_are_replaced_unseen(tmp_path: Path) -> None:
    """As after a restart of the server between two requests."""
    with a_postgresql_server() as server, databases_on(server), a_service(tmp_path) as caller:
        run = caller.submitted()
        for _ in range(5):
            assert "t" in server.execute(END).split()
            assert caller.get(run).status_code == 200


def _seconds_until_told(caller: Caller, run: str, statuses: Counter[int]) -> float:
    """The better of two, for each kind of request the worst; none may hang or be a 500."""
    asked: tuple[Callable[[], Any], ...] = (
        lambda: caller.get(run),
        lambda: caller.post(a_document()),
        lambda: caller.client.get("/health/ready"),
    )
    best = []
    for ask in asked:
        took = []
        for _ in range(2):
            started = time.monotonic()
            answer = ask()
            took.append(time.monotonic() - started)
            statuses[answer.status_code] += 1
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["retry-after"] == "5"
            assert [issue["code"] for issue in answer.json()["issues"]] == ["DATABASE_UNAVAILABLE"]
        best.append(min(took))
        assert caller.client.get("/health/live").status_code == 200
    return max(best)


def _seconds_until_mended(caller: Caller, run: str) -> float:
    started = time.monotonic()
    while time.monotonic() < started + LONG_ENOUGH:
        ready = caller.client.get("/health/ready").status_code == 200
        if ready and caller.get(run).status_code == 200:
            return time.monotonic() - started
    raise AssertionError("the service did not recover")
