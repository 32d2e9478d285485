"""What a command costs: time, processor time and memory, in a fresh process every time."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True)
class Measurement:
    """One run of a command, or the medians of several.

    `seconds` is wall time from before the interpreter starts until it has ended,
    `cpu_seconds` that of all its processes, `peak_mb` the most memory that they held together,
    in units of 2^20 bytes; what two processes share counts twice.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


class CommandFailedError(RuntimeError):
    """A command that is measured did not succeed; its standard error is the message.

    `exit_code` is that of a process, or minus the signal that ended it.
    """

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def measure(
    command: Sequence[str | Path], memory_mb: int = 0, fine: Sequence[int] = (0,)
) -> Measurement:
    """Runs a command once, from the folder that holds the packages.

    `memory_mb` bounds the address space of each of its processes, `fine` are the exit codes
    of success.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        started = [sys.executable, "-I", "-S", LAUNCHER, report, str(memory_mb), *command]
        ended = subprocess.run(started, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        if ended.returncode:
            raise CommandFailedError(ended.stderr.strip(), ended.returncode)
        figures = json.loads(report.read_text())
        exit_code = figures.pop("exit_code")
        if exit_code not in fine:
            raise CommandFailedError(ended.stderr.strip(), exit_code)
        return Measurement(**figures)


def medians(runs: Sequence[Measurement]) -> Measurement:
    """The median of each figure by itself."""
    return Measurement(
        seconds=statistics.median(run.seconds for run in runs),
        cpu_seconds=statistics.median(run.cpu_seconds for run in runs),
        peak_mb=statistics.median(run.peak_mb for run in runs),
    )
