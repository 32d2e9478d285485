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
from solver.search import process
from solver.search.messages import Done, Found
from solver.search.outcome import Ended
from solver.search.process import SolverProcess
from tests.builders import a_mentee, a_mentor, a_problem
from tests.stub_child import HANGS, a_child

ROOT = Path(__file__).parents[3]
FOUND = '{"kind":"found","level":"points","value":7,"pairs":[[0,0]],"stands":[]}'
READY = '{"kind":"ready"}'
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
        ("os.kill(os.getpid(), signal.SIGKILL)", "killed"),
        ("os.kill(os.getpid(), signal.SIGTERM)", "killed"),
        ("os.abort()", "aborted"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "aborted"),
        ("import ctypes; ctypes.string_at(0)", "aborted"),
        ("sys.exit(3)", "crashed"),
        ("sys.exit(0)", "crashed"),
        ("os._exit(0)", "crashed"),
        ("raise ValueError('no')", "crashed"),
        ("raise MemoryError", "out_of_memory"),
        ("list(bytearray(1 << 62))", "out_of_memory"),
        ("print('std::bad_alloc', file=sys.stderr); os.abort()", "out_of_memory"),
        ("print('Cannot allocate memory', file=sys.stderr); sys.exit(127)", "out_of_memory"),
        ("print('{\"kind\":\"fou', end='')", "truncated_output"),
        ("print('{\"kind\":\"fou', end='', flush=True); os.abort()", "aborted"),
        ("print('something else')", "garbage_output"),
        ("print('[' * 100_000)", "garbage_output"),
        ("sys.stdout.buffer.write(b'\\xff\\xfe\\n')", "garbage_output"),
        ("sys.stdout.buffer.write(b'\\0' * 5 + b'\\n')", "garbage_output"),
    ],
)
def test_every_way_to_die_is_an_outcome_with_a_name(death: str, reason: str) -> None:
    """What was told before the end is still told."""
    told = told_by(f"import signal\nprint({FOUND!r}, flush=True)\n{death}")
    assert isinstance(told[0], Found)
    assert told[0].pairs == [(0, 0)]
    assert ended(told).reason == reason


@pytest.mark.parametrize("death", ["import no_such_module", "sys.exit(1)", "1 / 0"])
def test_a_child_that_never_was_ready_was_not_started(death: str) -> None:
    """Such as one whose libraries cannot be loaded."""
    assert ended(told_by(death)).reason == "not_started"


def test_a_child_that_is_dead_before_anybody_asks_is_told_apart() -> None:
    with a_child("sys.exit(9)") as child:
        child._child.wait()
        child.ask(_a_large_problem(), Limits(seconds=60))
        assert list(child.answers()) == [Ended("not_started", "exit code 9: ")]


def test_a_death_carries_its_exit_code_and_what_was_said_last() -> None:
    script = f"print({READY!r}, flush=True); sys.stderr.buffer.write(b'oh\\noh \\xff no')"
    assert ended(told_by(f"{script}; sys.exit(5)")) == Ended("crashed", "exit code 5: oh \ufffd no")


def test_what_is_no_message_is_not_repeated() -> None:
    """It may hold anything, also what no log may."""
    outcome = ended(told_by("print('M-1 is called Ann')"))
    assert outcome == Ended("garbage_output", "a line of 17 bytes is no message")


@pytest.mark.parametrize(
    "hang",
    [
        HANGS,
        "os.close(1); time.sleep(600)",
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
        "import signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "while True: pass",
        f"while True: print({FOUND!r})",
        "while True: print('x' * 10_000, end='')",
        "while True: print('x' * 10_000, file=sys.stderr)",
    ],
)
def test_a_child_that_hangs_is_killed_soon_after_the_limit(
    hang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "GRACE_SECONDS", 0.1)
    started = time.monotonic()
    told = told_by(f"print({FOUND!r}, flush=True)\n{hang}", seconds=0.2)
    assert ended(told).reason in ("hung", "garbage_output")
    assert isinstance(told[0], Found)
    assert time.monotonic() - started < LONG_BUT_NOT_FOR_EVER


@pytest.mark.parametrize("own_group", [False, True])
def test_a_grandchild_that_holds_the_pipes_is_not_waited_for(own_group: bool) -> None:
    """In the child's group it ends with it; out of it, it is at least not listened to."""
    started = time.monotonic()
    found, outcome = told_by(f"own_group = {own_group}\n{A_GRANDPARENT}")
    assert isinstance(found, Found)
    assert outcome == Ended("crashed", "exit code 7: ")
    assert time.monotonic() - started < LONG_BUT_NOT_FOR_EVER
    if own_group:
        os.kill(found.value, signal.SIGKILL)
    _assert_ends(found.value)


def test_a_parent_that_comes_late_hears_all_that_was_told_in_time() -> None:
    """It may have been busy until long after the limit, and the child done long before."""
    with a_child(f"print({FOUND!r}); print({DONE!r})") as child:
        child.ask(a_problem(), Limits(seconds=0.1))
        child._child.wait()
        while time.monotonic() < child._deadline:
            pass
        assert [type(message) for message in child.answers()] == [Found, Done, Ended]


def test_what_is_told_just_after_a_look_is_heard_of_a_child_that_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A busy machine may let all of it happen before the parent goes on, or reads the pipes."""
    with a_child(f"print({FOUND!r}); print({DONE!r})") as child:
        take, looks = child._pipes.take, [None, None]

        def take_in_vain(seconds: float) -> bytes | None:
            child._child.wait()
            return looks.pop() if looks else take(seconds)

        monkeypatch.setattr(child._pipes, "take", take_in_vain)
        child.ask(a_problem(), Limits(seconds=60))
        assert [type(message) for message in child.answers()] == [Found, Done, Ended]


@pytest.mark.parametrize(
    ("limit", "moment", "reason"), [(600.0, 0.2, "time_limit"), (0.1, 500.0, "hung")]
)
def test_a_child_is_ended_sooner_on_demand_but_not_later(
    limit: float, moment: float, reason: str
) -> None:
    """By whoever finds out that the time after the search will be needed; never after the grace."""
    started = time.monotonic()
    with a_child(HANGS) as child:
        child.ask(a_problem(), Limits(seconds=limit))
        child.end_by(started + 400)
        child.end_by(started + moment)
        assert not child.has_news()
        assert ended(list(child.answers())).reason == reason
        assert child.has_news()
    assert time.monotonic() - started < LONG_BUT_NOT_FOR_EVER


def test_a_child_that_never_reads_its_task_is_killed_all_the_same() -> None:
    """The task is larger than what a pipe holds, so that writing it would wait for ever."""
    started = time.monotonic()
    told = told_by(HANGS, seconds=0.2, problem=_a_large_problem())
    assert ended(told).reason == "hung"
    assert time.monotonic() - started < LONG_BUT_NOT_FOR_EVER


def test_a_child_that_dies_before_it_reads_its_task_is_told_apart() -> None:
    outcome = ended(told_by("sys.exit(4)", problem=_a_large_problem()))
    assert outcome.reason == "not_started"
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
    _assert_ends(child)


# A child that tells the number of its own child, and dies before that one does.
A_GRANDPARENT = """
import subprocess
sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
pid = subprocess.Popen(sleeper, start_new_session=own_group).pid
found = {"kind": "found", "level": "points", "value": pid, "pairs": [], "stands": []}
print(str(found).replace("'", '"'), flush=True)
os._exit(7)
"""

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


def _assert_ends(pid: int) -> None:
    deadline = time.monotonic() + LONG_BUT_NOT_FOR_EVER
    while _is_running(pid) and time.monotonic() < deadline:
        pass
    assert not _is_running(pid)


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
