"""Pairwell with all seven side rules on, at loose, middling and tight limits.

uv run --group benchmarks python -m benchmarks.side_rules
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.allowance import Allowance
from benchmarks.entrants import Stage
from benchmarks.side_rule_trial import SideRuleTrial, Variant, hold_side_rule_trial
from benchmarks.surroundings import in_words, surroundings
from benchmarks.table import number, table
from scenarios.side_rules import TIGHTNESS

TOO_FEW = "too few mentors"
SEEDS = tuple(range(201, 211))
HEAD = (
    "seed",
    "solve, s",
    "memory, MB",
    "status",
    "mentees with a mentor",
    "bound",
    "proof",
    "points",
    "certified bound",
    "certified gap, %",
    "proof of points",
    "rules broken",
)


Trials = Sequence[SideRuleTrial]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for each variant, a row for each seed, their medians and the worst."""
    asked = _arguments(arguments)
    facts = surroundings(["pairwell", "ortools", "numpy"])
    print(in_words(facts))
    print(
        f"Profile civil-service with all seven side rules; allowance {asked.allowance:g} s and "
        f"{asked.memory_gb:g} GB for each process.\n"
    )
    figures: dict[str, object] = {"surroundings": facts}
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Allowance(asked.allowance, round(asked.memory_gb * 1024)), Path(folder))
        for name in asked.variants:
            variant = _variant(name, asked)
            trials = [hold_side_rule_trial(stage, variant, seed) for seed in asked.seeds]
            print(section(name, variant, trials), flush=True)
            figures[name] = [trial.figures() for trial in trials]
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2) + "\n")


def section(name: str, variant: Variant, trials: Trials) -> str:
    """A heading, a row for each round, their medians and the worst."""
    people = variant.mentors + variant.mentees - variant.both
    heading = (
        f"### {name}: {number(people)} people, {number(variant.mentors)} mentors, "
        f"{number(variant.mentees)} mentees, {number(variant.both)} of them both"
    )
    rows = [_row(trial) for trial in trials]
    across = [_across("median", statistics.median, trials), _across("worst", max, trials)]
    return f"{heading}\n\n{table(HEAD, [*rows, *across])}\n"


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    variants = [*TIGHTNESS, TOO_FEW]
    parser.add_argument("--variants", nargs="+", choices=variants, default=variants)
    parser.add_argument("--seeds", nargs="+", type=int, default=SEEDS)
    parser.add_argument("--mentors", type=int, default=3_000)
    parser.add_argument("--few-mentors", type=int, default=2_400, help=f"where {TOO_FEW}")
    parser.add_argument("--mentees", type=int, default=4_000)
    parser.add_argument("--both", type=int, default=750, help="people in both roles")
    parser.add_argument("--allowance", type=float, default=55.0, help="seconds for the search")
    parser.add_argument("--memory-gb", type=float, default=16.0, help="for each process")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args(arguments)


def _variant(name: str, asked: argparse.Namespace) -> Variant:
    """Too few mentors are asked to keep middling limits."""
    few = name == TOO_FEW
    tightness = TIGHTNESS["middling" if few else name]
    mentors = asked.few_mentors if few else asked.mentors
    return Variant(mentors, asked.mentees, asked.both, tightness)


def _row(trial: SideRuleTrial) -> tuple[str, ...]:
    if trial.entry is None or trial.scored is None:
        return (str(trial.seed), trial.why_none, *("–" for _ in HEAD[2:]))
    start = (
        str(trial.seed),
        number(trial.entry.solve_seconds, 2),
        number(trial.entry.cost.peak_mb),
        trial.entry.answer.status or "–",
    )
    if not trial.levels:
        return (*start, *("–" for _ in HEAD[4:]))
    matched, points = trial.levels["mentees_matched"], trial.levels["points"]
    certified = points.bound if points.certified_bound is None else points.certified_bound
    return (
        *start,
        number(matched.value),
        number(matched.bound),
        matched.proof or "none",
        number(points.value / 1000, 2),
        number(certified / 1000, 2),
        _percent(trial.certified_gap("points")),
        points.proof or "none",
        number(trial.scored.breaches),
    )


def _across(name: str, of_all: Callable[[list[float]], float], trials: Trials) -> tuple[str, ...]:
    """One figure for time, memory and gap over the rounds that have them; how many are proved."""
    entries = [trial.entry for trial in trials if trial.entry]
    if not entries:
        return (name, *("–" for _ in HEAD[1:]))
    gaps = [gap for trial in trials if (gap := trial.certified_gap("points")) is not None]
    return (
        name,
        number(of_all([entry.solve_seconds for entry in entries]), 2),
        number(of_all([entry.cost.peak_mb for entry in entries])),
        f"{sum(entry.answer.proved for entry in entries)} of {len(trials)} optimal",
        *"––",
        f"{_proved('mentees_matched', trials)} of {len(trials)}",
        *"––",
        _percent(of_all(gaps) if gaps else None),
        f"{_proved('points', trials)} of {len(trials)}",
        number(sum(trial.scored.breaches for trial in trials if trial.scored)),
    )


def _proved(level: str, trials: Trials) -> int:
    return sum(trial.levels[level].proved for trial in trials if level in trial.levels)


def _percent(gap: float | None) -> str:
    return "–" if gap is None else number(gap, 4)


if __name__ == "__main__":
    main()
