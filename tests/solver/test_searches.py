"""One search after the other on one clock; what a single one tells is in `test_solve.py`."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest

from models.domain.progress import Progress
from solver import searches as module
from solver.best_known import BestKnown
from solver.groundwork import Groundwork
from solver.limits import Limits
from solver.rulebook import choose_rules
from solver.search.process import SolverProcess
from solver.searches import Searches
from tests.builders import a_problem
from tests.stub_child import HANGS, a_child

A_MINUTE = Limits(seconds=60)


def test_two_searches_each_have_a_process_of_their_own() -> None:
    with Searches(A_MINUTE, ahead=True) as search:
        first, second = search(a_problem()), search(a_problem())
    assert first.stopped_by is second.stopped_by is None
    assert first.best.pairs == second.best.pairs
    assert {"ortools", "pairwell"} <= second.versions.keys()


def test_a_search_that_knows_enough_is_ended() -> None:
    seen: list[BestKnown] = []

    def at_once(best: BestKnown) -> bool:
        seen.append(best)
        return True

    with Searches(A_MINUTE) as search:
        found = search(a_problem(), enough=at_once)
    assert len(seen) == 1
    assert found.best.is_told
    assert found.stopped_by is None


def test_progress_is_told_of_a_search_for_which_the_result_is_prepared() -> None:
    told: list[Progress] = []
    problem = a_problem()
    with Searches(A_MINUTE, on_progress=told.append) as search:
        search(problem)
        assert told == []
        found = search(problem, prepare=lambda: Groundwork(problem, choose_rules(problem.policy)))
    assert {progress.stage for progress in told} == {"searching"}
    assert found.groundwork is not None


def test_when_its_share_of_the_time_is_over_a_search_is_not_begun() -> None:
    with Searches(Limits(seconds=0.001), a_child(HANGS)) as search:
        found = search(a_problem(), share=1e-9)
    assert found.stopped_by == "time_limit"
    assert not found.best.is_told


def test_every_process_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    def one_more() -> SolverProcess:
        process = a_child(f"print(os.getpid(), file=sys.stderr); {HANGS}")
        started.append(process._child.pid)
        return process

    monkeypatch.setattr(module, "SolverProcess", one_more)
    monkeypatch.setattr("solver.search.process.GRACE_SECONDS", 0.1)
    with Searches(Limits(seconds=2), ahead=True) as search:
        assert search(a_problem()).stopped_by == "hung"
    assert len(started) == 2
    for pid in started:
        with suppress(ProcessLookupError):
            os.kill(pid, 0)
            pytest.fail("still there")
