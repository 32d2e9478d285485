"""The solving process: reads a task, searches, writes what it finds, and ends.

Started fresh for every solve (`python -m solver.search.child`). It runs at low priority,
within its memory limit, and ends when its parent does. Nothing of it is believed before the
audit, which is the parent's.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from importlib.metadata import version
from typing import IO

from models.domain.base import Frozen
from models.domain.problem import Problem
from solver.levels import LEVELS, value_of
from solver.relaxation.answer import Answer, LevelStand
from solver.rulebook import Rules, choose_rules
from solver.search.find import find_answer
from solver.search.messages import Done, Found, Stand, Task

NICENESS = 5
PARENT_DEATH_SIGNAL = 1


def main() -> None:
    """Serves one task from standard input."""
    out = _own_output()
    _end_with_parent()
    os.nice(NICENESS)
    # As bytes: whatever encoding the environment names, the task is UTF-8.
    line = sys.stdin.buffer.readline()
    if not line:
        return
    task = Task.model_validate_json(line)
    _limit_memory(task.memory_mb)
    _search(task, out)


def _search(task: Task, out: IO[str]) -> None:
    started = time.monotonic()

    def seconds_left() -> float:
        return task.seconds - (time.monotonic() - started)

    problem = Problem.model_validate_json(task.problem)
    rules = choose_rules(problem.policy)
    teller = _Teller(out, problem, rules)
    answer = find_answer(problem, rules, seconds_left, on_answer=teller.tell)
    teller.tell(problem.policy.levels[-1], answer)
    done = Done(versions={"ortools": version("ortools")})
    if not all(stand.solved for stand in answer.levels):
        limit = "time_limit" if seconds_left() <= 0 else "work_limit"
        done = done.model_copy(update={"stopped_by": limit})
    _write(out, done)


class _Teller:
    """Writes answers; a level's prices only when they are new."""

    def __init__(self, out: IO[str], problem: Problem, rules: Rules) -> None:
        self._out = out
        self._problem = problem
        self._rules = rules
        self._told: dict[str, LevelStand] = {}

    def tell(self, level: str, answer: Answer) -> None:
        """Writes an answer with the stands that have not been told yet."""
        new = [stand for stand in answer.levels if self._told.get(stand.name) is not stand]
        self._told.update({stand.name: stand for stand in new})
        pairs = zip(answer.pairs.mentors.tolist(), answer.pairs.mentees.tolist(), strict=True)
        self._write_found(level, list(pairs), answer.pairs.points.tolist(), new)

    def _write_found(
        self, level: str, pairs: list[tuple[int, int]], points: list[int], new: list[LevelStand]
    ) -> None:
        mentors, mentees = self._problem.mentors, self._problem.mentees
        triples = [
            (mentors[m].reference, mentees[e].reference, worth)
            for (m, e), worth in zip(pairs, points, strict=True)
        ]
        value = value_of(LEVELS[level], self._problem, self._rules, triples)
        stands = [Stand(**vars(stand)) for stand in new]
        _write(self._out, Found(level=level, value=value, pairs=pairs, stands=stands))


def _write(out: IO[str], message: Frozen) -> None:
    out.write(message.model_dump_json() + "\n")
    out.flush()


def _own_output() -> IO[str]:
    """The pipe to the parent; anything else that prints goes to standard error."""
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return pipe


def _end_with_parent() -> None:
    """Linux kills this process when its parent dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _limit_memory(megabytes: int | None) -> None:
    if megabytes is not None:
        limit = megabytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
