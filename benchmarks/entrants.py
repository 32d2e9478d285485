"""Who takes part in the contest of sizes, and where each of them runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.allowance import Allowance
from benchmarks.contest import Entry, contestant, enter, pairwell_match
from benchmarks.measurement import ROOT


@dataclass(frozen=True)
class Entrant:
    """One program of `benchmarks.contestants`, and its title in tables and charts.

    `proof` is what stands behind an answer that it calls optimal. `group` is the dependency
    group of an environment of its own, where it cannot share ours.
    """

    program: str
    title: str
    proof: str
    group: str | None = None


PAIRWELL = Entrant("pairwell_solve", "pairwell", "certificate")
ENTRANTS = (
    PAIRWELL,
    Entrant("min_cost_flow", "min-cost flow", "its word"),
    Entrant("linear_sum_assignment", "SciPy assignment", "its word"),
    Entrant("highs_mip", "HiGHS MIP", "its word"),
    Entrant("cp_sat", "plain CP-SAT", "its word"),
    Entrant("mentor_match_points", "mentor-match", "its word"),
    Entrant("stable_matching", "matching", "no", group="stable-matching"),
)


class Stage:
    """Runs entrants on round files, each in its environment and under one allowance.

    `folder` holds the environments that have to be made.
    """

    def __init__(self, allowance: Allowance, folder: Path) -> None:
        self.allowance = allowance
        self._folder = folder

    def run(self, entrant: Entrant, round_file: Path) -> Entry:
        """One run of the program; CommandFailedError where it has no answer."""
        seconds = f"{self.allowance.seconds:g}"
        interpreter = self._interpreter(entrant.group)
        command = contestant(entrant.program, round_file, seconds, interpreter=interpreter)
        return enter(command, 1, self.allowance.memory_mb)

    def run_command(self, round_file: Path) -> Entry:
        """One run of `pairwell match`, as a user types it."""
        limit = ("--time-limit", f"{self.allowance.seconds:g}")
        return enter(pairwell_match(round_file, *limit), 1, self.allowance.memory_mb)

    def _interpreter(self, group: str | None) -> Path:
        if group is None:
            return Path(sys.executable)
        environment = self._folder / group
        if not environment.exists():
            _make(environment, ("--no-default-groups", "--group", group))
        return environment / "bin" / "python"


def _make(environment: Path, options: Sequence[str]) -> None:
    subprocess.run(
        ["uv", "sync", "--quiet", *options],  # noqa: S607  uv is what runs this command
        cwd=ROOT,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(environment)},
        check=True,
    )
