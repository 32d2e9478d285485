"""Processes of the service that a test may kill: forked from one that has all imports done.

Starting one takes a twentieth of a second instead of three; how it works and how it dies is
what the commands `pairwell worker` and `pairwell serve` do.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from service.cli.serving import serve_until_stopped
from service.main import work_until_stopped
from service.operations import rate_limits
from service.settings import Settings
from service.storage import postgresql
from tests.reliability.forked_searches import ForkedSearches

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["service.main", "asyncpg", "uvicorn", "tests.reliability.forked_searches", __name__]
)

LONG_ENOUGH = 180.0
"""Seconds after which a test that waits has failed."""

MANY_SERVERS = 10_000
"""More than a test kills in a minute."""

FORKED_SEARCHES = 2
"""Few workers live to see their second run."""


def a_worker(
    settings: Settings,
    log: Path,
    searches: int = FORKED_SEARCHES,
    *,
    patient: bool = True,
    **environment: str,
) -> BaseProcess:
    """A running worker; so many of its searches are there when it starts.

    One that is patient takes no machine that is busy with other tests for an outage.
    """
    return _started(_work, settings, log, patient, environment, searches)


def an_api(
    settings: Settings, log: Path, listening: socket.socket, *, patient: bool = True
) -> BaseProcess:
    """A running server that answers on a socket, which outlives it; as patient as a worker."""
    return _started(_serve, settings, log, patient, listening)


def kill(process: BaseProcess) -> None:
    """Kills a process as the system might, and makes sure that this is what ended it."""
    process.kill()
    process.join(LONG_ENOUGH)
    assert process.exitcode == -signal.SIGKILL


@contextmanager
def ended_at_last(processes: list[BaseProcess]) -> Iterator[list[BaseProcess]]:
    """Leaves none of these processes running, whatever happens in the block."""
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.join()


def _started(
    target: Callable[..., None], settings: Settings, log: Path, *given: Any
) -> ForkServerProcess:
    process = CONTEXT.Process(target=target, args=(settings.model_dump(), log, *given), daemon=True)
    process.start()
    return process


def _work(
    settings: dict[str, Any], log: Path, patient: bool, environment: dict[str, str], searches: int
) -> None:
    os.environ.update(environment)
    _settle_in(log, patient)
    work_until_stopped(Settings(**settings), ForkedSearches(searches))


def _serve(settings: dict[str, Any], log: Path, patient: bool, listening: socket.socket) -> None:
    _settle_in(log, patient)
    # A server that is killed takes its lot of the minute's requests with it.
    rate_limits.LOTS = MANY_SERVERS
    serve_until_stopped(Settings(**settings), listening)


def _settle_in(log: Path, patient: bool) -> None:
    # What was forked stays shared: walking it for garbage would copy it.
    gc.freeze()
    if patient:
        postgresql.OPENED_WITHIN = LONG_ENOUGH
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(file, stream)
