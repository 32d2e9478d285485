"""What is written down of a contestant that has no answer."""

from __future__ import annotations

import signal

import pytest

from benchmarks.allowance import Allowance
from benchmarks.measurement import CommandFailedError
from benchmarks.scored_round import TIME_IS_UP

ALLOWANCE = Allowance(seconds=60.0, memory_mb=8192)


@pytest.mark.parametrize("exit_code", [TIME_IS_UP, -signal.SIGALRM])
def test_whoever_is_stopped_by_the_clock_ran_out_of_time(exit_code: int) -> None:
    assert ALLOWANCE.why_no_answer(CommandFailedError("", exit_code)) == "no answer in 60 s"


@pytest.mark.parametrize(
    ("said", "exit_code"),
    [("MemoryError", 1), ("std::bad_alloc", 1), ("", -signal.SIGABRT), ("", -signal.SIGKILL)],
)
def test_whoever_gets_no_more_memory_ran_out_of_it(said: str, exit_code: int) -> None:
    failure = CommandFailedError(said, exit_code)
    assert ALLOWANCE.why_no_answer(failure) == "no answer in 8 GB"


def test_any_other_fault_is_called_by_its_name() -> None:
    failure = CommandFailedError("Traceback:\nsolver.judge.AuditRejectedError: too many", 1)
    assert ALLOWANCE.why_no_answer(failure) == "failed: AuditRejectedError"
    assert ALLOWANCE.why_no_answer(CommandFailedError("", -11)) == "failed: -11"
