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
    `cpu_seconds` that of all its processes, `peak_mb` the most memory that the largest of
    them held, in units of 2^20 bytes.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


class CommandFailedError(RuntimeError):
    """A command that is measured did not succeed; its standard error is the message."""


def measure(command: Sequence[str | Path]) -> Measurement:
    """Runs a command once, from the folder that holds the packages."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        ended = subprocess.run(
            [sys.executable, "-I", "-S", LAUNCHER, report, *command],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        if ended.returncode:
            raise CommandFailedError(ended.stderr.strip())
        return Measurement(**json.loads(report.read_text()))


def medians(runs: Sequence[Measurement]) -> Measurement:
    """The median of each figure by itself."""
    return Measurement(
        seconds=statistics.median(run.seconds for run in runs),
        cpu_seconds=statistics.median(run.cpu_seconds for run in runs),
        peak_mb=statistics.median(run.peak_mb for run in runs),
    )
