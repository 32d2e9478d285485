"""Pairwell on made-up rounds of growing size, beside the bare min-cost flow.

uv run python -m benchmarks.sizes
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.answer import Score, score
from benchmarks.contest import Entry, contestant, enter, pairwell_match
from benchmarks.measurement import medians
from benchmarks.surroundings import in_words, surroundings
from benchmarks.table import number, table
from scenarios.generate import generate_round
from service.cli.round_input import read_round_file

SIZES = ((300, 350), (800, 1_000), (3_000, 4_000))
HEAD = (
    "mentors × mentees",
    "whole command, s",
    "processor, s",
    "memory, MB",
    "solve, s",
    "flow alone, s",
    "solve / flow",
    "pairs",
    "proved best",
    "flow agrees",
)


@dataclass(frozen=True)
class Trial:
    """One generated round: the whole command, the solve alone and the floor."""

    command: Entry
    solve: Entry
    floor: Entry
    scored: Score
    floor_scored: Score

    @property
    def agreed(self) -> bool:
        """Whether the flow matched as many mentees, with as many points."""
        ours, floor = self.scored, self.floor_scored
        return (ours.mentees_matched, ours.points) == (floor.mentees_matched, floor.points)

    def figures(self) -> dict[str, Any]:
        """The figures alone, for a file of figures."""
        return {
            "command": self.command.figures() | asdict(self.scored),
            "solve": self.solve.figures(),
            "flow_alone": self.floor.figures() | asdict(self.floor_scored),
        }


def main() -> None:
    """Prints a row for each size, and writes the figures of every round to `--json`."""
    asked = _arguments()
    facts = surroundings(["pairwell", "ortools", "numpy"])
    print(in_words(facts))
    print(f"Profile civil-service; medians over {asked.seeds} rounds (seeds from 1).\n")
    seeds = range(1, asked.seeds + 1)
    trials = {size: [_trial(size, seed) for seed in seeds] for size in asked.sizes}
    print(table(HEAD, [_row(size, of_size) for size, of_size in trials.items()]))
    if asked.json:
        figures = {
            f"{mentors}x{mentees}": [trial.figures() for trial in of_size]
            for (mentors, mentees), of_size in trials.items()
        }
        asked.json.write_text(json.dumps({"surroundings": facts, **figures}, indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=_size, default=SIZES, metavar="300x350")
    parser.add_argument("--seeds", type=int, default=3, help="rounds of each size")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


def _size(text: str) -> tuple[int, int]:
    mentors, mentees = text.split("x")
    return int(mentors), int(mentees)


def _trial(size: tuple[int, int], seed: int) -> Trial:
    with tempfile.TemporaryDirectory() as folder:
        round_file = Path(folder) / "round.json"
        round_file.write_text(json.dumps(generate_round(*size, seed)), encoding="utf-8")
        command = enter(pairwell_match(round_file), 1)
        solve = enter(contestant("pairwell_solve", round_file), 1)
        floor = enter(contestant("min_cost_flow", round_file), 1)
        problem = read_round_file(round_file).problem
    scored, floor_scored = (score(problem, run.answer.pairs) for run in (command, floor))
    return Trial(command, solve, floor, scored, floor_scored)


def _row(size: tuple[int, int], trials: Sequence[Trial]) -> tuple[str, ...]:
    cost = medians([trial.command.cost for trial in trials])
    solve = statistics.median(trial.solve.solve_seconds for trial in trials)
    floor = statistics.median(trial.floor.solve_seconds for trial in trials)
    return (
        f"{size[0]:,} × {size[1]:,}",
        number(cost.seconds, 2),
        number(cost.cpu_seconds, 2),
        number(cost.peak_mb),
        number(solve, 2),
        number(floor, 2),
        number(solve / floor, 1),
        number(statistics.median(trial.scored.pairs for trial in trials)),
        _of(trials, [trial.command.answer.proved for trial in trials]),
        _of(trials, [trial.agreed for trial in trials]),
    )


def _of(trials: Sequence[Trial], held: Sequence[bool]) -> str:
    return f"{sum(held)} of {len(trials)}"


if __name__ == "__main__":
    main()
