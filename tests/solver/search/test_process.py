"""Whatever becomes of the child, the parent ends in time, with an outcome it can name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.domain.problem import Problem
from solver.limits import Limits
from solver.search.messages import Done, Found
from solver.search.process import Ended, SolverProcess
from tests.builders import a_mentee, a_mentor, a_problem
from tests.stub_child import HANGS, a_child

ROOT = Path(__file__).parents[3]
FOUND = '{"kind":"found","level":"points","value":7,"pairs":[[0,0]],"stands":[]}'
DONE = '{"kind":"done","versions":{}}'
MORE_THAN_A_PIPE_HOLDS = 2_000
LONG_BUT_NOT_FOR_EVER = 30
"""Seconds that a test grants a busy machine; what hangs would take longer."""


def told_by(
    script: str, seconds: float = 60, problem: Problem | None = None
) -> list[Found | Done | Ended]:
    """Everything that such a child tells; afterwards nothing of it is left."""
    with a_child(script) as child:
        child.ask(problem or a_problem(), Limits(seconds=seconds))
        told = list(child.answers())
    assert_no_child_is_left()
    return told


def assert_no_child_is_left() -> None:
    """Neither running nor a zombie."""
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def ended(told: list[Found | Done | Ended]) -> Ended:
    last = told[-1]
    assert isinstance(last, Ended)
    assert not any(isinstance(message, Ended) for message in told[:-1])
    return last


def test_a_child_that_is_done_ends_for_no_reason() -> None:
    told = told_by(f"print({FOUND!r}); print({DONE!r})")
    assert [type(message) for message in told] == [Found, Done, Ended]
    assert ended(told) == Ended(None)


def test_a_limit_that_the_child_itself_kept_is_the_reason() -> None:
    stopped = '{"kind":"done","versions":{},"stopped_by":"time_limit"}'
    assert ended(told_by(f"print({stopped!r})")) == Ended("time_limit")


def test_nothing_after_done_is_waited_for() -> None:
    started = time.monotonic()
    told = told_by(f"print({DONE!r}, flush=True); time.sleep(600)")
    assert ended(told) == Ended(None)
    assert time.monotonic() - started < LONG_BUT_NOT_FOR_EVER


@pytest.mark.parametrize(
    ("death", "reason"),
    [
        ("os.kill(os.getpid(), 9)", "killed"),
        ("os.abort()", "crashed"),
        ("os.kill(os.getpid(), 11)", "crashed"),
        ("sys.exit(3)", "crashed"),
        ("sys.exit(0)", "crashed"),
        ("raise ValueError('no')", "crashed"),
        ("raise MemoryError", "out_of_memory"),
        ("print('std::bad_alloc', file=sys.stderr); os.abort()", "out_of_memory"),
        ("print('Cannot allocate memory', file=sys.stderr); sys.exit(127)", "out_of_memory"),
        ("print('{\"kind\":\"fou', end='')", "truncated_output"),
        ("print('something else')", "truncated_output"),
        ("sys.stdout.buffer.write(b'\\xff\\xfe\\n')", "truncated_output"),
    ],
)
def test_every_way_to_die_is_an_outcome_with_a_name(death: str, reason: str) -> None:
    """What was told before the end is still told."""
    told = told_by(f"print({FOUND!r}, flush=True)\n{death}")
    assert isinstance(told[0], Found)
    assert told[0].pairs == [(0, 0)]
    assert ended(told).reason == reason


def test_a_crash_carries_its_exit_code_and_what_was_said_last() -> None:
    outcome = ended(told_by("sys.stderr.buffer.write(b'oh \\xff no'); sys.exit(5)"))
    assert outcome == Ended("crashed", "exit code 5: oh \ufffd no")


@pytest.mark.parametrize(
    "hang",
    [
        HANGS,
        "os.close(1); time.sleep(600)",
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
        "while True: pass",
    ],
)
def test_a_child_that_hangs_is_killed_soon_after_the_limit(hang: str) -> None:
    """Half of the 3 seconds that a limit may be overrun by, so that the result comes in time."""
    started = time.monotonic()
    told = told_by(f"print({FOUND!r}, flush=True)\n{hang}", seconds=0.2)
    assert ended(told) == Ended("time_limit")
    assert isinstance(told[0], Found)
    assert time.monotonic() - started < LONG_BUT_NOT_FOR_EVER


def test_a_child_that_never_reads_its_task_is_killed_all_the_same() -> None:
    """The task is larger than what a pipe holds, so that writing it would wait for ever."""
    started = time.monotonic()
    told = told_by(HANGS, seconds=0.2, problem=_a_large_problem())
    assert ended(told) == Ended("time_limit")
    assert time.monotonic() - started < LONG_BUT_NOT_FOR_EVER


def test_a_child_that_dies_before_it_reads_its_task_is_told_apart() -> None:
    outcome = ended(told_by("sys.exit(4)", problem=_a_large_problem()))
    assert outcome.reason == "crashed"
    assert "exit code 4" in outcome.detail


def test_a_child_that_nobody_asks_anything_ends_with_its_block() -> None:
    with SolverProcess():
        pass
    assert_no_child_is_left()


def test_a_child_may_be_killed_twice() -> None:
    with a_child(HANGS) as child:
        child.kill()
    assert_no_child_is_left()


def test_the_child_ends_when_its_parent_is_killed() -> None:
    """The parent has no chance to say goodbye; the child goes with it all the same."""
    parent = subprocess.Popen(
        [sys.executable, "-c", A_PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout as pipe:
        child = int(pipe.readline())
        assert _is_running(child)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 10
    while _is_running(child) and time.monotonic() < deadline:
        pass
    assert not _is_running(child)


# A parent in the middle of a solve, and a child that tells its number and goes on for ever.
A_CHILD = """
import os, time
from solver.search.child import _end_with_parent
_end_with_parent()
found = {"kind": "found", "level": "points", "value": os.getpid(), "pairs": [], "stands": []}
print(str(found).replace("'", '"'), flush=True)
time.sleep(600)
"""
A_PARENT = f"""
import sys, time
from solver.limits import Limits
from solver.search.process import SolverProcess
from tests.builders import a_problem
child = SolverProcess((sys.executable, "-c", {A_CHILD!r}))
child.ask(a_problem(), Limits(seconds=600))
print(next(child.answers()).value, flush=True)
time.sleep(600)
"""


def _is_running(pid: int) -> bool:
    """Whether there is such a process; a zombie that nobody has buried yet does not run."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def _a_large_problem() -> Problem:
    people = [a_mentee(f"E{number:05}") for number in range(MORE_THAN_A_PIPE_HOLDS)]
    return a_problem(a_mentor(), *people)
