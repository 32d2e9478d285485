"""Running a contestant: its commands, its repetitions and the answer it comes to."""

from __future__ import annotations

import statistics
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.answer import Answer, read_answer
from benchmarks.measurement import Measurement, measure, medians
from service.cli import exits

PAIRWELL = Path(sysconfig.get_path("scripts")) / "pairwell"
FINE = (exits.SOLVED, exits.NOT_PROVED)
"""How a command ends that has an answer."""


@dataclass(frozen=True)
class Entry:
    """What a contestant needed, as medians over its runs, and its answer.

    `cost` is the whole run from the start of the interpreter to its end; `solve_seconds` is
    the matching alone, as the contestant timed it.
    """

    cost: Measurement
    solve_seconds: float
    answer: Answer

    def figures(self) -> dict[str, Any]:
        """The figures alone, for a file of figures."""
        return {
            **asdict(self.cost),
            "solve_seconds": self.solve_seconds,
            "proved": self.answer.proved,
        }


def enter(command: Sequence[str | Path], repeats: int, memory_mb: int = 0) -> Entry:
    """Runs a command that writes its answer to the path put at its end, in fresh processes."""
    costs: list[Measurement] = []
    answers: list[Answer] = []
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "answer.json"
        for _ in range(repeats):
            costs.append(measure([*command, output], memory_mb, FINE))
            answers.append(read_answer(output))
    seconds = statistics.median(answer.seconds for answer in answers)
    return Entry(medians(costs), seconds, answers[-1])


def pairwell_match(*arguments: str | Path) -> list[str | Path]:
    """The command as a user types it."""
    return [PAIRWELL, "match", *arguments, "--output"]


def contestant(
    name: str, *arguments: str | Path, interpreter: str | Path = sys.executable
) -> list[str | Path]:
    """The program of a contestant; `arguments` are what it works on."""
    return [interpreter, "-m", f"benchmarks.contestants.{name}", *arguments]
