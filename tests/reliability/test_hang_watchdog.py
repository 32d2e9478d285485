"""Searches and solves that never end: each is noticed within seconds, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.limits import Limits
from solver.solve import solve_matching
from tests.reliability.counts import HANGS
from tests.reliability.machine import load
from tests.reliability.rounds import a_small_document
from tests.service.services import LONG_ENOUGH, Caller, a_service, solve_at_once, until
from tests.stub_child import a_child

LIMIT, OVERRUN = 0.3, 0.5
LATEST = 3.0
READY = 'sys.stdin.readline()\nprint(\'{"kind":"ready"}\', flush=True)\n'
WAYS = {
    "ignores SIGTERM": "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n",
    "freezes": "import signal; os.kill(os.getpid(), signal.SIGSTOP)\n",
    "spins": "while True: pass\n",
    "closes its output": "os.close(1)\n",
    "never reads": "",
    "leaves a process": "import subprocess; subprocess.Popen(['sleep', '600'])\n",
}
DOCUMENT = a_small_document(3)


@pytest.mark.reliability
def test_a_search_that_hangs_is_killed_soon_after_its_time(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    """However it hangs, its round has an answer then, and its worker the next round."""
    searches = HangingSearches()
    with a_service(tmp_path, searches, time_limit=LIMIT) as caller:
        late = [_seconds_taken(caller) - LIMIT for _ in range(HANGS)]
    tell("R16", f"{HANGS} searches hung in {len(WAYS)} ways; at most {max(late):.1f} s late")
    assert searches.stopped_by == ["hung"] * HANGS
    assert max(late) <= LATEST * load()


@pytest.mark.reliability
def test_a_solve_that_hangs_is_given_up_soon_after_its_time(
    tmp_path: Path,
    tell: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing ends a thread: its run fails, with a line in the log, and is not heard of again."""
    solver = HangingSolver()
    with a_service(tmp_path, solver, time_limit=LIMIT, overrun=OVERRUN) as caller:
        run = caller.post(DOCUMENT).headers["location"]
        seen = until(caller, run, lambda seen: seen["status"] == "failed")
        late = _seconds(seen) - LIMIT - OVERRUN
        assert caller.post(DOCUMENT, prefer="wait=30").status_code == 200
        solver.ended.set()
    logged = capsys.readouterr().out.count('"event": "solve hung"')
    tell("R16", f"a solve hung, was given up {late:.1f} s late and told to the log {logged} times")
    assert seen["failure"]["code"] == "SOLVE_HUNG"
    assert logged == 1
    assert late <= LATEST * load()


class HangingSearches:
    """The true solver over searches that hang, in one way after the other."""

    def __init__(self) -> None:
        self.stopped_by: list[str | None] = []

    def __call__(self, problem: Problem, limits: Limits, *given: Any, **more: Any) -> MatchResult:
        way = sorted(WAYS)[len(self.stopped_by) % len(WAYS)]
        ready = "" if way == "never reads" else READY
        child = a_child(f"{ready}{WAYS[way]}time.sleep(600)")
        result = solve_matching(problem, limits, *given, process=child, **more)
        self.stopped_by.append(result.run.stopped_by)
        return result


class HangingSolver:
    """A solver whose first solve does not end before the test says so."""

    def __init__(self) -> None:
        self.ended = Event()
        self._calls = 0

    def __call__(self, problem: Problem, *given: Any, **more: Any) -> MatchResult:
        self._calls += 1
        if self._calls == 1:
            assert self.ended.wait(LONG_ENOUGH)
        return solve_at_once(problem, *given)


def _seconds_taken(caller: Caller) -> float:
    answer = caller.post(DOCUMENT, prefer="wait=60")
    assert answer.status_code == 200, answer.text
    return _seconds(caller.get(answer.headers["location"]).json())


def _seconds(run: dict[str, Any]) -> float:
    """From when a run was taken up until it was at its end."""
    began, ended = (datetime.fromisoformat(run[at]) for at in ("started_at", "finished_at"))
    return (ended - began).total_seconds()
