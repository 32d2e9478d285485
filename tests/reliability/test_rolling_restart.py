"""The processes behind a load balancer are replaced one after the other, and no caller notices."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from service.cli.serving import listen
from service.settings import Settings
from tests.reliability.balancer import Balancer, a_balancer
from tests.reliability.callers import a_key
from tests.reliability.counts import RESTARTS
from tests.reliability.ledger import Ledger
from tests.reliability.machine import load
from tests.reliability.observers import Observers
from tests.reliability.processes import LONG_ENOUGH, a_worker, an_api, ended_at_last
from tests.reliability.rounds import a_small_document, breaks_in_the_log, prepared, until

LONGEST_END = 10.0
DRAIN = 1.0
QUESTIONS = ("/health/live", "/v1/rules")
SIGNALS = (signal.SIGTERM, signal.SIGINT)


@pytest.mark.reliability
@pytest.mark.only_on("postgresql")
def test_a_rolling_restart_is_seen_by_no_caller(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    settings, ledger = prepared(tmp_path, with_worker=False, drain=DRAIN), Ledger(tmp_path)
    with a_balancer() as balancer, ended_at_last([]) as processes:
        processes.append(a_worker(settings, tmp_path / "log"))
        serving = [_another(settings, tmp_path, balancer, processes) for _ in range(2)]
        observers = Observers(f"http://127.0.0.1:{balancer.port}", a_key(settings), QUESTIONS)
        with observers.watching(a_small_document(1), a_small_document(2)):
            lasted = []
            for turn in range(RESTARTS):
                serving.append(_another(settings, tmp_path, balancer, processes))
                lasted.append(_seconds_to_end(serving.pop(0), SIGNALS[turn % len(SIGNALS)]))
        runs = {location.rpartition("/")[2] for location in observers.accepted()}
        until(lambda: all(run.finished for run in ledger.runs().values()))
    ends = {str(run): seen.status for run, seen in ledger.runs().items()}
    statuses = Counter(answer.status for answer in observers.answers)
    slowest = max(answer.seconds for answer in observers.answers)
    tell(
        "R18",
        f"{RESTARTS} processes replaced under load: answers {dict(sorted(statuses.items()))}, "
        f"the slowest after {slowest:.2f} s; each ended within {max(lasted):.1f} s; "
        f"{len(runs)} rounds taken in, all solved",
    )
    assert set(statuses) <= {200, 202, 403}
    assert max(lasted) <= LONGEST_END * load()
    assert runs
    # A round whose answer came too late for its caller counts as well.
    assert runs <= set(ends)
    assert set(ends.values()) == {"solved"}
    assert not breaks_in_the_log(settings)


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
