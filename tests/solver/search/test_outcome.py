from __future__ import annotations

import signal

import pytest

from models.domain.stop import STOP_REASONS, StopReason
from solver.search.outcome import LONGEST_DETAIL, Death, outcome_of


@pytest.mark.parametrize(
    ("death", "reason"),
    [
        (Death(-signal.SIGKILL, "", was_ready=True), "killed"),
        (Death(-signal.SIGTERM, "", was_ready=False), "killed"),
        (Death(-signal.SIGABRT, "Check failed", was_ready=True), "aborted"),
        (Death(-signal.SIGBUS, "", was_ready=False), "aborted"),
        (Death(-signal.SIGABRT, "std::bad_alloc", was_ready=True), "out_of_memory"),
        (Death(1, "_ArrayMemoryError at scoreboard.py:50", was_ready=False), "out_of_memory"),
        (Death(1, "", was_ready=True), "crashed"),
        (Death(0, "", was_ready=True), "crashed"),
        (Death(1, "", was_ready=False), "not_started"),
        (Death(0, "", was_ready=True, rest=b'{"ki'), "truncated_output"),
    ],
)
def test_a_death_has_a_name(death: Death, reason: StopReason) -> None:
    assert outcome_of(death).reason == reason
    assert reason in STOP_REASONS


def test_the_cause_counts_for_more_than_what_was_left_unfinished() -> None:
    half = b'{"ki'
    assert outcome_of(Death(-signal.SIGKILL, "", True, half)).reason == "killed"
    assert outcome_of(Death(-signal.SIGSEGV, "", True, half)).reason == "aborted"
    assert outcome_of(Death(1, "MemoryError", True, half)).reason == "out_of_memory"


def test_the_detail_is_how_it_ended_and_the_last_line_of_what_was_said() -> None:
    assert outcome_of(Death(-6, "first\nlast words\n", True)).detail == "signal 6: last words"
    assert outcome_of(Death(3, "", True)).detail == "exit code 3: "
    assert len(outcome_of(Death(3, "x" * 10_000, True)).detail) == LONGEST_DETAIL
