"""What a command is charged with, and what it is not."""

from __future__ import annotations

import sys

import pytest

from benchmarks.measurement import CommandFailedError, Measurement, measure, medians

MB = 1 << 20
HOLD_100_MB = f"held = b'x' * {100 * MB}"
START_ONE_THAT_HOLDS = (
    f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD_100_MB!r}])"
)


def python(program: str) -> list[str]:
    return [sys.executable, "-S", "-c", program]


def test_the_peak_is_that_of_the_largest_process_of_the_command() -> None:
    assert 100 < measure(python(HOLD_100_MB)).peak_mb < 200
    assert 100 < measure(python(START_ONE_THAT_HOLDS)).peak_mb < 200


def test_a_command_is_not_charged_with_the_memory_of_whoever_measures_it() -> None:
    held = bytearray(b"x") * (200 * MB)
    assert measure(python("pass")).peak_mb < 100
    assert len(held) == 200 * MB


def test_processor_time_is_counted_apart_from_waiting() -> None:
    busy = measure(python("import time\nwhile time.process_time() < 0.2: pass"))
    idle = measure(python("import select; select.select([], [], [], 0.3)"))
    assert busy.cpu_seconds >= 0.2
    assert idle.seconds >= 0.3 > idle.cpu_seconds


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(CommandFailedError, match="no such round"):
        measure(python("raise SystemExit('no such round')"))


def test_a_median_is_taken_of_each_figure_by_itself() -> None:
    runs = [Measurement(1, 20, 300), Measurement(2, 10, 900), Measurement(9, 30, 100)]
    assert medians(runs) == Measurement(2, 20, 300)
