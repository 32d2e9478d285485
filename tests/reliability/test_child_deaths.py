"""Searches die in every way under a worker: it goes on, and every round has a reasoned end."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.judge.verify import verify_result
from solver.limits import Limits
from solver.search.messages import Found
from solver.search.process import SolverProcess
from solver.solve import solve_matching
from tests.reliability.counts import DEATHS, SEED
from tests.reliability.ledger import Ledger
from tests.reliability.rounds import a_small_document, problem_of
from tests.service.services import Caller, a_service
from tests.stub_child import HANGS, a_child

MOST_GROWTH = 60 << 20
"""Bytes by which the worker's own memory may grow over all deaths."""

KINDS = {
    "out_of_memory": (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))\n"
        "list(bytearray(1 << 29))"
    ),
    "killed": "os.kill(os.getpid(), 9)",
    "aborted": "os.abort()",
    "aborted by a wrong address": "import ctypes; ctypes.string_at(0)",
    "truncated_output": "print('{\"kind\":\"fou', end='')",
    "garbage_output": "print('something else')",
    "hung": f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {HANGS}",
}
DOCUMENT = a_small_document(3)


@pytest.mark.reliability
def test_however_a_search_dies_the_worker_goes_on_and_the_round_has_an_answer(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    """Half of them had told an answer before, which is then the one that is kept."""
    problem = problem_of(DOCUMENT)
    first = _first_answer(problem)
    solver = DyingSolver(first, random.Random(SEED))
    ends: Counter[str] = Counter()
    with a_service(tmp_path, solver, time_limit=0.3) as caller:
        before = _resident()
        for _ in range(DEATHS):
            ends[_one_death(caller, problem, solver, first)] += 1
            _one_more(caller, solver, every=len(KINDS), count=sum(ends.values()))
        grown = _resident() - before
    Ledger(tmp_path).check()
    deaths = ", ".join(f"{count} {name}" for name, count in sorted(ends.items()))
    tell(
        "R8",
        f"{DEATHS} searches died ({deaths}), every round has an audited answer, "
        f"{solver.whole} rounds in between solved; worker grew {grown >> 20} MB",
    )
    assert set(ends) == set(KINDS)
    assert grown < MOST_GROWTH


class DyingSolver:
    """The true solver over a search that dies, unless the next one is to live."""

    def __init__(self, first: str, draw: random.Random) -> None:
        self.kind, self.tells, self.lives = "", False, False
        self.whole = 0
        self._first, self._draw = first, draw
        self._order: list[str] = []

    def __call__(self, problem: Problem, limits: Limits, *given: Any, **more: Any) -> MatchResult:
        if self.lives:
            self.whole += 1
            return solve_matching(problem, Limits(seconds=60), *given, **more)
        self._order = self._order or self._draw.sample(sorted(KINDS), len(KINDS))
        self.kind, self.tells = self._order.pop(), not self.tells
        ready = 'print(\'{"kind":"ready"}\', flush=True)\n'
        told = f"print({self._first!r}, flush=True)\n" if self.tells else ""
        child = a_child(f"sys.stdin.readline()\n{ready}{told}{KINDS[self.kind]}")
        return solve_matching(problem, limits, *given, process=child, **more)


def _one_death(caller: Caller, problem: Problem, solver: DyingSolver, first: str) -> str:
    answer = caller.post(DOCUMENT, prefer="wait=60")
    assert answer.status_code == 200, (solver.kind, answer.text)
    result = MatchResult.model_validate(answer.json())
    assert result.run.status == "stopped"
    assert result.run.stopped_by == solver.kind.partition(" ")[0]
    assert verify_result(problem, result).accepted
    if solver.tells:
        assert len(result.assignments) == len(Found.model_validate_json(first).pairs)
    return solver.kind


def _one_more(caller: Caller, solver: DyingSolver, every: int, count: int) -> None:
    """Now and then a round whose search lives."""
    if count % every == 0:
        solver.lives = True
        answer = caller.post(DOCUMENT, prefer="wait=60").json()
        assert answer["run"]["solve_status"] == "optimal"
        solver.lives = False


def _first_answer(problem: Problem) -> str:
    """What a true search tells first, as it tells it."""
    with SolverProcess() as search:
        search.ask(problem, Limits(seconds=60))
        found = next(message for message in search.answers() if isinstance(message, Found))
    return found.model_dump_json()


def _resident() -> int:
    """The memory of this process, in bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
