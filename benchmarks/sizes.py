"""Pairwell and its rivals on made-up rounds of growing size, in one run.

uv run --group benchmarks python -m benchmarks.sizes
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.allowance import Allowance
from benchmarks.chart import Line, draw
from benchmarks.entrants import ENTRANTS, Entrant, Stage
from benchmarks.size_tables import seconds_of, summary, table_of_size
from benchmarks.surroundings import in_words, surroundings
from benchmarks.trial import COMMAND, Size, Trial, hold_trial

SIZES = (
    *((45, 55), (140, 160), (300, 350), (800, 1_000), (3_000, 4_000), (9_000, 12_000)),
    *((22_500, 27_500), (45_000, 55_000), (90_000, 110_000)),
)
LARGE_FROM, LARGE_ALLOWANCE = 100_000, 600.0
"""From so many people on everybody has so many seconds, however few they had before."""

CHART = "How the time for the matching grows with the round"
ABOUT_CHART = (
    "Seconds for the matching alone against the number of people, both on logarithmic axes, "
    "one line for each contestant. A line ends at the last size answered within the allowance."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for each size and a summary; a contestant retires when it fails."""
    asked = _arguments(arguments)
    facts = surroundings(["pairwell", "ortools", "numpy", "scipy", "mentor-match"])
    allowance = Allowance(asked.allowance, round(asked.memory_gb * 1024))
    print(in_words(facts))
    print(
        f"Profile civil-service; rounds of each size: {asked.seeds} (seeds from 1; medians); "
        f"allowance {allowance.seconds:g} s for the matching, from {LARGE_FROM:,} people on "
        f"{max(LARGE_ALLOWANCE, allowance.seconds):g} s, and {asked.memory_gb:g} GB.\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(allowance, Path(folder))
        trials = hold_contest(stage, asked.contestants, asked.sizes, asked.seeds)
    print(summary(trials))
    if asked.chart:
        asked.chart.parent.mkdir(parents=True, exist_ok=True)
        asked.chart.write_text(draw(CHART, ABOUT_CHART, _lines(trials)), encoding="utf-8")
    if asked.json:
        asked.json.write_text(json.dumps({"surroundings": facts} | _figures(trials), indent=2))


def hold_contest(
    stage: Stage, entrants: Sequence[Entrant], sizes: Sequence[Size], seeds: int
) -> dict[Size, list[Trial]]:
    """From the smallest size on; who runs out of time or memory is not run at larger ones."""
    trials: dict[Size, list[Trial]] = {}
    for size in sorted(sizes, key=sum):
        trials[size] = []
        if sum(size) >= LARGE_FROM:
            seconds = max(LARGE_ALLOWANCE, stage.allowance.seconds)
            stage.allowance = replace(stage.allowance, seconds=seconds)
        for seed in range(1, seeds + 1):
            trial = hold_trial(stage, entrants, size, seed)
            trials[size].append(trial)
            entrants = [entrant for entrant in entrants if trial.showings[entrant.title].in_time]
        print(table_of_size(size, trials[size]), flush=True)
    return trials


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=_size, default=SIZES, metavar="300x350")
    parser.add_argument("--seeds", type=int, default=1, help="rounds of each size")
    parser.add_argument(
        "--contestants", nargs="+", type=_entrant, default=ENTRANTS, metavar="PROGRAM"
    )
    parser.add_argument("--allowance", type=float, default=60.0, help="seconds for the matching")
    parser.add_argument("--memory-gb", type=float, default=16.0, help="for each process")
    parser.add_argument("--chart", type=Path, help="draw the times in this SVG file")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args(arguments)


def _size(text: str) -> Size:
    mentors, mentees = text.split("x")
    return int(mentors), int(mentees)


def _entrant(program: str) -> Entrant:
    by_program = {entrant.program: entrant for entrant in ENTRANTS}
    if program not in by_program:
        raise argparse.ArgumentTypeError(f"choose from {', '.join(by_program)}")
    return by_program[program]


def _lines(trials: Mapping[Size, Sequence[Trial]]) -> list[Line]:
    points = {
        entrant.title: [
            (float(sum(size)), seconds)
            for size, of_size in trials.items()
            if (seconds := seconds_of(entrant, of_size)) is not None
        ]
        for entrant in ENTRANTS
    }
    return [Line(title, tuple(held)) for title, held in points.items() if held]


def _figures(trials: Mapping[Size, Sequence[Trial]]) -> dict[str, object]:
    return {
        f"{mentors}x{mentees}": [
            {title: showing.figures() for title, showing in trial.showings.items()}
            | ({COMMAND: trial.command.figures()} if trial.command else {})
            for trial in of_size
        ]
        for (mentors, mentees), of_size in trials.items()
    }


if __name__ == "__main__":
    main()
