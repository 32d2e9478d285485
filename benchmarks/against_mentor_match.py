"""Pairwell beside `mentor-match`, on the sample files, with the same rules, in one run.

uv run --group benchmarks python -m benchmarks.against_mentor_match
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from benchmarks.answer import Score, by_reference, score
from benchmarks.contest import Entry, contestant, enter, pairwell_match
from benchmarks.surroundings import in_words, surroundings
from benchmarks.table import number, table
from models.reference import sample_files
from service.cli.round_input import RoundInput, read_round_sheets

PROFILE = "staff-network"
SECONDS = "300"
RIVAL = "mentor-match"
HEAD = (
    "contestant",
    "whole run, s",
    "processor, s",
    "memory, MB",
    "matching, s",
    "mentees with a mentor",
    "mentors used",
    "points",
    "rules broken",
    "proved best",
)

Size = Literal["small", "large"]


@dataclass(frozen=True)
class Contest:
    """What became of one sample: the rival, our command, and our solve with imports done."""

    rival: Entry
    command: Entry
    solve: Entry
    rival_score: Score
    our_score: Score

    def times_faster(self) -> dict[str, float]:
        """Like for like: whole run to whole run, and matching to matching."""
        return {
            "whole run": self.rival.cost.seconds / self.command.cost.seconds,
            "matching inside the command": self.rival.solve_seconds / self.command.solve_seconds,
            "matching, imports done": self.rival.solve_seconds / self.solve.solve_seconds,
        }


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for each sample, and writes the figures to `--json`."""
    asked = _arguments(arguments)
    facts = surroundings(["pairwell", "ortools", "numpy", RIVAL, "munkres"])
    print(in_words(facts))
    print(f"Medians of {asked.rival_repeats} runs of {RIVAL} and {asked.repeats} of pairwell.")
    figures: dict[str, Any] = {"surroundings": facts}
    for size in asked.sizes:
        contest = _hold(size, asked.rival_repeats, asked.repeats)
        _print(size, contest)
        figures[size] = _figures(contest)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2) + "\n")


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = ["small", "large"]
    parser.add_argument("--sizes", nargs="+", choices=sizes, default=sizes)
    parser.add_argument("--rival-repeats", type=int, default=3, help="runs of the rival")
    parser.add_argument("--repeats", type=int, default=5, help="runs of pairwell")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args(arguments)


def _hold(size: Size, rival_repeats: int, repeats: int) -> Contest:
    mentors, mentees = sample_files(size)
    given = read_round_sheets(mentors, mentees, PROFILE, None)
    rival = enter(contestant("mentor_match", mentors.parent), rival_repeats)
    sheets = ("--mentors", mentors, "--mentees", mentees, "--policy", PROFILE)
    command = enter(pairwell_match(*sheets), repeats)
    with tempfile.TemporaryDirectory() as folder:
        round_file = Path(folder) / "round.json"
        round_file.write_text(json.dumps(given.document), encoding="utf-8")
        solve = enter(contestant("pairwell_solve", round_file, SECONDS), repeats)
    if solve.answer.pairs != command.answer.pairs:
        raise RuntimeError("the same round had two answers")
    return Contest(rival, command, solve, *_judged(given, rival, command))


def _judged(given: RoundInput, rival: Entry, ours: Entry) -> tuple[Score, Score]:
    """Both answers by one judge. The rival names people by e-mail, pairwell by reference."""
    rival_pairs = by_reference(given.problem, given.contacts, rival.answer.pairs)
    return score(given.problem, rival_pairs), score(given.problem, ours.answer.pairs)


def _print(size: Size, contest: Contest) -> None:
    rows = [
        _row(f"{RIVAL} {version(RIVAL)}", contest.rival, contest.rival_score),
        _row("pairwell match", contest.command, contest.our_score),
        _row("pairwell, imports done", contest.solve, contest.our_score, whole=False),
    ]
    print(f"\n`{size}`\n\n{table(HEAD, rows)}\n")
    ratios = [f"{what} {number(ratio, 1)}" for what, ratio in contest.times_faster().items()]
    print(f"Times faster than {RIVAL}: {'; '.join(ratios)}.")


def _row(name: str, entry: Entry, judged: Score, whole: bool = True) -> tuple[str, ...]:
    cost = entry.cost
    costs = (number(cost.seconds, 2), number(cost.cpu_seconds, 2), number(cost.peak_mb))
    return (
        name,
        *(costs if whole else "–––"),
        number(entry.solve_seconds, 2),
        number(judged.mentees_matched),
        number(judged.mentors_used),
        number(judged.points / 1000),
        number(judged.breaches),
        "yes" if entry.answer.proved else "no",
    )


def _figures(contest: Contest) -> dict[str, Any]:
    return {
        "times_faster": contest.times_faster(),
        RIVAL: contest.rival.figures() | asdict(contest.rival_score),
        "pairwell_match": contest.command.figures() | asdict(contest.our_score),
        "pairwell_imports_done": contest.solve.figures(),
    }


if __name__ == "__main__":
    main()
