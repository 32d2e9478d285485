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

from models.domain.problem import Problem
from solver.rulebook import choose_rules
from solver.search.find import find_answer
from solver.search.messages import Done, Task
from solver.search.telling import Teller
from solver.search.warm_up import warm_up

NICENESS = 5
PARENT_DEATH_SIGNAL = 1


def main() -> None:
    """Serves one task from standard input."""
    out = _own_output()
    _end_with_parent()
    os.nice(NICENESS)
    # Done by now, this costs nothing while the parent is still reading its input.
    warm_up()
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
    teller = Teller(out, problem, rules)
    answer = find_answer(problem, rules, seconds_left, on_answer=teller.tell)
    teller.tell(problem.policy.levels[-1], answer)
    done = Done(versions={"ortools": version("ortools")})
    if not all(stand.solved for stand in answer.levels):
        limit = "time_limit" if seconds_left() <= 0 else "work_limit"
        done = done.model_copy(update={"stopped_by": limit})
    teller.write(done)


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
