"""The processes behind a load balancer are replaced one after the other, and no caller notices.

`RESTARTS=50 uv run pytest -n 1 -m reliability tests/reliability/test_rolling_restart.py` is the
long form.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from service.cli.serving import listen
from service.settings import Settings
from tests.postgresql import OWNER, SERVICE, a_postgresql_server
from tests.reliability.balancer import Balancer, a_balancer
from tests.reliability.callers import a_key
from tests.reliability.observers import Observers
from tests.reliability.processes import LONG_ENOUGH, a_worker, an_api, ended_at_last
from tests.reliability.rounds import a_small_document, breaks_in_the_log, prepared, until

RESTARTS = int(os.environ.get("RESTARTS", "8"))
LONGEST_END = 10.0
DRAIN = 1.0
NAME = "pairwell"
QUESTIONS = ("/health/live", "/v1/rules")
SIGNALS = (signal.SIGTERM, signal.SIGINT)


@pytest.mark.reliability
def test_a_rolling_restart_is_seen_by_no_caller(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_postgresql_server() as server, a_balancer() as balancer, ended_at_last([]) as processes:
        server.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
        settings = Settings(
            database_url=server.url(NAME, SERVICE),
            database_owner_url=server.url(NAME, OWNER),
            audit_key="a key of the audit log for tests",
            with_worker=False,
            drain=DRAIN,
        )
        prepared(settings)
        processes.append(a_worker(settings, tmp_path / "log"))
        serving = [_another(settings, tmp_path, balancer, processes) for _ in range(2)]
        observers = Observers(f"http://127.0.0.1:{balancer.port}", a_key(settings), QUESTIONS)
        with observers.watching(a_small_document(1), a_small_document(2)):
            ends = []
            for turn in range(RESTARTS):
                serving.append(_another(settings, tmp_path, balancer, processes))
                ends.append(_seconds_to_end(serving.pop(0), SIGNALS[turn % len(SIGNALS)]))
        runs = {location.rpartition("/")[2] for location in observers.accepted()}
        question = "SELECT count(*) FROM runs WHERE status = 'solved'"
        until(lambda: server.execute(question, database=NAME) == str(len(runs)))
        broken = breaks_in_the_log(settings)
    statuses = Counter(answer.status for answer in observers.answers)
    slowest = max(answer.seconds for answer in observers.answers)
    with capsys.disabled():
        print(
            f"\nR18 {RESTARTS} processes replaced under load: answers "
            f"{dict(sorted(statuses.items()))}, the slowest after {slowest:.2f} s; "
            f"each ended within {max(ends):.1f} s; {len(runs)} rounds taken in, all solved"
        )
    assert set(statuses) <= {200, 202, 403}
    assert max(ends) <= LONGEST_END
    assert runs
    assert not broken


def _another(
    settings: Settings, folder: Path, balancer: Balancer, processes: list[BaseProcess]
) -> BaseProcess:
    """One more process, as soon as the balancer sends callers to it."""
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        processes.append(an_api(settings, folder / "log", listening))
    balancer.add(port)
    until(lambda: port in balancer.ready())
    return processes[-1]


def _seconds_to_end(process: BaseProcess, number: signal.Signals) -> float:
    """How long a process takes that is told to end, having been sent callers until then."""
    assert process.pid is not None
    started = time.monotonic()
    os.kill(process.pid, number)
    process.join(LONG_ENOUGH)
    assert process.exitcode == 0
    return time.monotonic() - started
