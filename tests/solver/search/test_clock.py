from __future__ import annotations

import time

import pytest

from models.domain.stop import StopReason
from solver.search.clock import Clock


def test_the_seconds_count_from_when_somebody_asked() -> None:
    """What the process spends on its imports and on reading the task is not given back."""
    now = time.monotonic()
    assert Clock(10, asked_at=now - 7).seconds_left() <= 3
    assert 9 < Clock(10).seconds_left() <= 10
    assert Clock(10, asked_at=now - 11).seconds_left() < 0


@pytest.mark.parametrize(
    ("felt", "reason"),
    [
        ([], "engine_limit"),
        (["work_limit"], "work_limit"),
        (["time_limit"], "time_limit"),
        (["work_limit", "time_limit"], "time_limit"),
        (["time_limit", "work_limit", "work_limit"], "time_limit"),
    ],
)
def test_one_touch_of_the_wall_clock_is_the_reason(
    felt: list[StopReason], reason: StopReason
) -> None:
    clock = Clock(10)
    for limit in felt:
        clock.stopped(limit)
    assert clock.stop_reason == reason


def test_time_that_has_passed_is_no_reason_by_itself() -> None:
    """A search that came to its end too late was not cut short by the clock."""
    assert Clock(0).stop_reason == "engine_limit"


def test_work_that_asks_and_goes_on_has_felt_nothing() -> None:
    late, early = Clock(0), Clock(10)
    assert late.has_run_out()
    assert not early.has_run_out()
    assert (late.stop_reason, early.stop_reason) == ("time_limit", "engine_limit")
