"""The solving process: reads a task, searches, writes what it finds, and ends.

Started fresh for every solve (`python -m solver.search.child`); only a round whose result is
known stays with its process, and is asked about with one pin more, again and again. It runs at
low priority, within its memory limit, and ends when its parent does. Nothing of it is believed
before the audit, which is the parent's.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
import traceback
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import IO

from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.relaxation.network import lay_network
from solver.rulebook import choose_rules
from solver.search.clock import Clock
from solver.search.find import reopen
from solver.search.first_answer import NoAnswerError
from solver.search.messages import Done, Pinned, Ready, Reopened, Start, Task
from solver.search.telling import Teller, as_told
from solver.search.under_mode import find_under_mode
from solver.search.warm_up import warm_up

NICENESS = 5
PARENT_DEATH_SIGNAL = 1


def main() -> None:
    """Serves one task from standard input."""
    sys.excepthook = _tell_where
    out = _own_output()
    _end_with_parent()
    os.nice(NICENESS)
    # Done by now, this costs nothing while the parent is still reading its input.
    warm_up()
    gc.freeze()  # What is loaded by now stays: collecting garbage need not walk it.
    out.write(Ready().model_dump_json() + "\n")
    out.flush()
    # As bytes: whatever encoding the environment names, the task is UTF-8.
    line = sys.stdin.buffer.readline()
    if line:
        task = Task.model_validate_json(line)
        (_try_pins if task.reopen else _search)(task, out)


def _search(task: Task, out: IO[str]) -> None:
    clock = Clock(task.seconds, task.asked_at)
    _limit_memory(task.memory_mb)
    problem, start = Problem.model_validate_json(task.problem), task.start
    del task  # Of a large round the text is as large as the people.
    gc.freeze()  # The people stay as well.
    rules = choose_rules(problem.policy)
    network = lay_network(problem, rules, [LEVELS[name] for name in problem.policy.levels])
    teller = Teller(out, problem, network)
    done = Done(versions={"ortools": version("ortools")})
    try:
        answer = find_under_mode(problem, rules, network, clock, teller.tell, start)
    except NoAnswerError as error:
        found = error.conflict
        stopped_by = None if found and found.minimal else clock.stop_reason
        teller.write(done.model_copy(update={"stopped_by": stopped_by, "conflict": found}))
        return
    teller.tell(problem.policy.levels[-1], answer)
    if any(stand.is_open for stand in answer.levels):
        done = done.model_copy(update={"stopped_by": clock.stop_reason})
    teller.write(done)


def _try_pins(task: Task, out: IO[str]) -> None:
    """Reopens a round and answers for one pin after another, until nobody asks any more."""
    clock = Clock(task.seconds, task.asked_at)
    _limit_memory(task.memory_mb)
    problem = Problem.model_validate_json(task.problem)
    rules = choose_rules(problem.policy)
    network = lay_network(problem, rules, [LEVELS[name] for name in problem.policy.levels])
    opened = reopen(problem, rules, network, task.start or Start(), clock)
    out.write(Reopened(possible=opened is not None).model_dump_json() + "\n")
    out.flush()
    while opened is not None and (line := sys.stdin.buffer.readline()):
        asked = Pinned.model_validate_json(line)
        clock = Clock(asked.seconds, asked.asked_at)
        teller = Teller(out, problem, network)
        answer, is_valid = opened.pinned(asked.pin, clock, teller.tell)
        if is_valid:
            teller.tell(problem.policy.levels[-1], answer)
        stands = [] if is_valid else [as_told(stand) for stand in answer.levels]
        teller.write(Done(versions={}, stands=stands))


def _tell_where(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """An error by its type and place. Its text stays here: it may repeat the round's data."""
    frames = traceback.extract_tb(trace)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
    sys.stderr.write(f"{kind.__qualname__} at {place}\n")


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
    """Raises MemoryError where the process is too large for its limit already.

    Left to the next thing that fails, such a process may die in ways that do not say why.
    """
    if megabytes is None:
        return
    limit = megabytes << 20
    if sys.platform == "linux" and _address_space() > limit:
        raise MemoryError(f"more than {megabytes} MB are in use before the search begins")
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _address_space() -> int:
    """The size of this process in bytes, counted as RLIMIT_AS counts it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
