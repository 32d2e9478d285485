"""The child's own code, run with pipes in the test's process, and as the process it is."""

from __future__ import annotations

import ctypes
import io
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.domain.problem import Problem
from models.domain.result import Collision
from solver.levels import LEVELS, value_of
from solver.limits import Limits
from solver.rulebook import choose_rules
from solver.search import child
from solver.search.first_answer import NoAnswerError
from solver.search.messages import Done, Found, Ready, Stand, Task
from solver.search.outcome import Ended
from solver.search.process import MESSAGES, SolverProcess
from tests.builders import a_mentee, a_mentor, a_problem
from tests.mutual_rounds import a_fractional_round
from tests.rounds_without_answer import a_round_without_an_answer

ROOT = Path(__file__).parents[3]


def a_round() -> Problem:
    """Two mentors for three mentees, one of them with words that are not ASCII."""
    return a_problem(
        a_mentor("M1", capacity=2, offers=("droit européen",)),
        a_mentor("M2"),
        *(a_mentee(f"É{number}", seeks=("droit européen",)) for number in range(3)),
    )


def told_of(task: Task) -> list[Found | Done]:
    """What the child writes for a task, as its parent reads it."""
    out = io.StringIO()
    child._search(task, out)
    told = [MESSAGES.validate_json(line) for line in out.getvalue().splitlines()]
    return [message for message in told if not isinstance(message, Ready)]


def a_task(problem: Problem, seconds: float = 60, memory_mb: int | None = None) -> Task:
    return Task(
        problem=problem.model_dump_json(),
        seconds=seconds,
        asked_at=time.monotonic(),
        memory_mb=memory_mb,
    )


def test_the_first_thing_told_is_an_answer_with_a_stand_for_every_level() -> None:
    first = told_of(a_task(a_round()))[0]
    assert isinstance(first, Found)
    assert [stand.name for stand in first.stands] == ["mentees_matched", "points", "lottery"]
    assert not any(stand.solved for stand in first.stands)
    assert first.pairs


def test_the_last_thing_told_is_that_it_is_done_and_with_which_versions() -> None:
    last = told_of(a_task(a_round()))[-1]
    assert isinstance(last, Done)
    assert last.versions["ortools"].startswith("9.")
    assert last.stopped_by is None


def test_a_stand_is_told_once_and_again_only_when_it_is_new() -> None:
    told = [message for message in told_of(a_task(a_round())) if isinstance(message, Found)]
    stands: dict[str, list[Stand]] = {}
    for message in told:
        for stand in message.stands:
            stands.setdefault(stand.name, []).append(stand)
    assert all([stand.solved for stand in some] == [False, True] for some in stands.values())


def test_an_answers_value_is_that_of_the_level_being_solved() -> None:
    problem = a_round()
    rules = choose_rules(problem.policy)
    for message in told_of(a_task(problem)):
        if isinstance(message, Found):
            triples = [
                (problem.mentors[m].reference, problem.mentees[e].reference, points)
                for m, e in message.pairs
                for points in (40_000 if problem.mentors[m].reference == "M1" else 0,)
            ]
            assert message.value == value_of(LEVELS[message.level], problem, rules, triples)


def test_a_search_that_runs_out_of_time_says_so() -> None:
    """CP-SAT is given no time at all, so that it leaves open what only it can decide."""
    done = told_of(a_task(a_fractional_round(), seconds=1e-9))[-1]
    assert isinstance(done, Done)
    assert done.stopped_by == "time_limit"


def test_a_search_that_reaches_its_count_of_work_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.search.search.DETERMINISTIC_SECONDS", 0.0)
    done = told_of(a_task(a_fractional_round()))[-1]
    assert isinstance(done, Done)
    assert done.stopped_by == "work_limit"


def test_a_wall_clock_that_ran_out_is_told_though_work_was_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What CP-SAT says of its limits decides, not how late it is when the search is over."""
    monkeypatch.setattr("solver.search.search.DETERMINISTIC_SECONDS", 0.0)
    late = a_task(a_fractional_round()).model_copy(update={"asked_at": time.monotonic() - 61})
    done = told_of(late)[-1]
    assert isinstance(done, Done)
    assert done.stopped_by == "work_limit"


def test_an_engine_that_is_not_trusted_with_what_is_left_is_no_limit_of_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("solver.search.draft.MOST_IN_THE_OBJECTIVE", 1)
    done = told_of(a_task(a_fractional_round()))[-1]
    assert isinstance(done, Done)
    assert done.stopped_by == "engine_limit"


def test_the_text_of_an_error_stays_in_the_process() -> None:
    """It may repeat the round's data; its type and its place say enough."""
    script = """
from solver.search import child
def find_under_mode(*args, **words):
    raise ValueError("M-1 is called Ann")
child.find_under_mode = find_under_mode
child.main()
"""
    process = SolverProcess((sys.executable, "-c", script))
    # The search that warms the process up is not this one.
    with process:
        process.ask(a_round(), Limits(seconds=60))
        (ended,) = process.answers()
        assert isinstance(ended, Ended)
        assert ended.reason == "crashed"
        assert ended.detail == "exit code 1: ValueError at <string>:4"
        assert "Ann" not in process._pipes.errors


def test_what_libraries_print_does_not_mix_with_the_answers() -> None:
    """Whatever writes to the file of standard output writes to that of standard error."""
    script = """
import os
from solver.search.child import _own_output
pipe = _own_output()
os.write(1, b"a banner")
print("an answer", file=pipe, end="", flush=True)
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"an answer", b"a banner")


@pytest.mark.parametrize("asked", [True, False])
def test_it_serves_one_task_at_low_priority_and_tied_to_its_parent(
    asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, done = io.StringIO(), []
    line = a_task(a_round()).model_dump_json().encode() + b"\n" if asked else b""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    monkeypatch.setattr(child, "_own_output", lambda: out)
    monkeypatch.setattr(os, "nice", done.append)
    monkeypatch.setattr(
        ctypes, "CDLL", lambda name: SimpleNamespace(prctl=lambda *a: done.append(a))
    )
    child.main()
    assert done == [(1, signal.SIGKILL), child.NICENESS]
    ready, *told = out.getvalue().splitlines()
    assert MESSAGES.validate_json(ready) == Ready()
    assert bool(told) is asked


def test_memory_is_left_alone_without_a_limit() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    child._limit_memory(None)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_memory_limit_is_set_in_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *limit: asked.append(limit))
    monkeypatch.setattr(child, "_address_space", lambda: 3 << 20)
    child._limit_memory(3)
    assert asked == [(resource.RLIMIT_AS, (3 * 1024 * 1024,) * 2)]
    with pytest.raises(MemoryError):
        child._limit_memory(2)


def test_a_child_without_a_task_ends_quietly() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "solver.search.child"], cwd=ROOT, input=b"", capture_output=True
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert MESSAGES.validate_json(ended.stdout) == Ready()


def test_a_true_child_tells_the_same_as_one_in_this_process() -> None:
    problem = a_round()
    with SolverProcess() as process:
        process.ask(problem, Limits(seconds=60))
        *told, ended = process.answers()
    assert ended == Ended(None)
    assert told == told_of(a_task(problem))


def test_the_environments_encoding_does_not_change_the_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lottery hashes references, so a child that misread them would draw another one."""
    problem = a_round()
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    with SolverProcess() as process:
        process.ask(problem, Limits(seconds=60))
        *told, ended = process.answers()
    assert ended == Ended(None)
    assert told == told_of(a_task(problem))


@pytest.mark.parametrize("megabytes", [1, 240, 300])
def test_a_child_that_may_not_hold_enough_memory_is_told_apart(megabytes: int) -> None:
    """A real limit on a real child: far too little, and too little for 1.4 million pairs."""
    problem = a_problem(
        *(a_mentor(f"M{number}") for number in range(1_200)),
        *(a_mentee(f"E{number}") for number in range(1_200)),
    )
    with SolverProcess() as process:
        process.ask(problem, Limits(seconds=60, memory_mb=megabytes))
        *_, ended = process.answers()
    assert isinstance(ended, Ended)
    assert ended.reason == "out_of_memory", ended.detail


def test_a_conflict_is_told_and_is_no_early_end() -> None:
    (done,) = told_of(a_task(a_round_without_an_answer(), seconds=60))
    assert isinstance(done, Done)
    conflict = Collision(rules=("coverage_floor", "group_minimum"))
    assert (done.conflict, done.stopped_by) == (conflict, None)


def test_where_no_answer_is_found_in_time_the_limit_is_told() -> None:
    """CP-SAT is given no time: it finds neither an answer nor that there is none."""
    (done,) = told_of(a_task(a_round_without_an_answer(), seconds=1e-9))
    assert isinstance(done, Done)
    assert (done.conflict, done.stopped_by) == (None, "time_limit")


def test_a_conflict_that_may_be_too_large_is_told_with_the_limit_that_left_it_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is a conflict all the same, and perhaps a smaller one on a faster machine."""
    conflict = Collision(rules=("coverage_floor",), minimal=False)

    def given_up(*given: Any, on_answer: Any) -> None:
        given[3].stopped("time_limit")
        raise NoAnswerError(conflict)

    monkeypatch.setattr(child, "find_answer", given_up)
    (done,) = told_of(a_task(a_problem()))
    assert isinstance(done, Done)
    assert (done.conflict, done.stopped_by) == (conflict, "time_limit")
