"""What a command is charged with, and what it is not."""

from __future__ import annotations

import signal
import sys

import pytest

from benchmarks.measurement import CommandFailedError, Measurement, measure, medians

MB = 1 << 20
HOLD_100_MB = f"held = b'x' * {100 * MB}"
HOLD_A_WHILE = f"{HOLD_100_MB}; import select; select.select([], [], [], 0.3)"
START_ONE_THAT_HOLDS = (
    f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD_A_WHILE!r}])"
)


def python(program: str) -> list[str]:
    return [sys.executable, "-S", "-c", program]


def test_the_peak_is_that_of_all_processes_of_the_command_together() -> None:
    assert 100 < measure(python(HOLD_100_MB)).peak_mb < 180
    assert 200 < measure(python(f"{HOLD_100_MB}; {START_ONE_THAT_HOLDS}")).peak_mb < 280


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
    with pytest.raises(CommandFailedError, match="no such round") as failed:
        measure(python("raise SystemExit('no such round')"))
    assert failed.value.exit_code == 1


def test_an_exit_code_that_stands_for_an_answer_is_fine() -> None:
    assert measure(python("raise SystemExit(4)"), fine=(0, 4)).seconds > 0


def test_a_signal_is_told_as_a_negative_exit_code() -> None:
    with pytest.raises(CommandFailedError) as failed:
        measure(python("import os, signal; os.kill(os.getpid(), signal.SIGALRM)"))
    assert failed.value.exit_code == -signal.SIGALRM


def test_a_command_gets_no_more_memory_than_it_is_allowed() -> None:
    assert measure(python("pass"), memory_mb=80).seconds > 0
    with pytest.raises(CommandFailedError, match="MemoryError"):
        measure(python(HOLD_100_MB), memory_mb=80)


def test_a_median_is_taken_of_each_figure_by_itself() -> None:
    runs = [Measurement(1, 20, 300), Measurement(2, 10, 900), Measurement(9, 30, 100)]
    assert medians(runs) == Measurement(2, 20, 300)
