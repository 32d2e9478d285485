"""What a time limit leaves: how long a solve takes in all, and what its answer is worth.

uv run python -m benchmarks.time_limits
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import service  # noqa: F401  one thread for a product, as in every process of the service
from benchmarks.surroundings import in_words, surroundings
from benchmarks.table import number, table
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import LevelResult
from models.reference import civil_service
from scenarios.generate import generate_round
from solver.intake import read_round
from solver.judge.audit import audit
from solver.limits import Limits
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from solver.search.greedy import greedy_answer
from solver.search.process import SolverProcess
from solver.solve import solve_matching

SIZES = ((215, 285), (900, 1_100), (3_000, 4_000), (9_000, 12_000))
LIMITS = (1.0, 2.0, 5.0, 10.0)
SPARE_SECONDS = 3.0
"""How much longer than its limit a solve may take in all: audit, certificate and reasons."""

SECONDS_TO_BE_READY = 3.0
"""A process has its imports done by then."""

SIDE_RULES: dict[str, Any] = {
    "total_commitments": {"most": 2},
    "same_team_apart": {},
    "share_limit": {"cross_region_percent": 40},
}
HEAD = (
    "mentors × mentees",
    "limit, s",
    "in all, s",
    "in time",
    "ended by",
    "status",
    "mentees: value",
    "bound",
    "greedy",
    "points: value",
    "bound",
    "greedy",
)


@dataclass(frozen=True)
class Trial:
    """One solve under a limit; `greedy` are the levels' values of the greedy answer."""

    size: tuple[int, int]
    limit: float
    seconds: float
    stopped_by: str | None
    status: str
    levels: tuple[LevelResult, ...]
    greedy: tuple[int, ...]

    @property
    def in_time(self) -> bool:
        """Whether the contract was kept."""
        return self.seconds <= self.limit + SPARE_SECONDS

    def figures(self) -> dict[str, Any]:
        """The figures alone, for a file of figures."""
        return asdict(self) | {"levels": [level.model_dump() for level in self.levels]}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a row for each size and limit, and writes the figures to `--json`."""
    asked = _arguments(arguments)
    facts = surroundings(["pairwell", "ortools", "numpy"])
    print(in_words(facts))
    rules = f", with {', '.join(SIDE_RULES)}" if asked.side_rules else ""
    print(f"Profile civil-service{rules}; seed {asked.seed}; everything is imported beforehand.\n")
    solve_matching(a_problem((20, 20), asked.seed, asked.side_rules))
    trials = []
    for size in asked.sizes:
        problem = a_problem(size, asked.seed, asked.side_rules)
        greedy = greedy_values(problem)
        trials += [try_limit(problem, size, limit, greedy) for limit in asked.limits]
    print(table(HEAD, [_row(trial) for trial in trials]))
    if asked.json:
        figures = {"surroundings": facts, "trials": [trial.figures() for trial in trials]}
        asked.json.write_text(json.dumps(figures, indent=2) + "\n")


def a_problem(size: tuple[int, int], seed: int, side_rules: bool) -> Problem:
    """A made-up round, as the intake reads it."""
    problem = read_round(a_document(size, seed, side_rules), civil_service()).problem
    assert problem is not None
    return problem


def a_document(size: tuple[int, int], seed: int, side_rules: bool) -> dict[str, Any]:
    """A made-up round."""
    document = generate_round(*size, seed, both=min(size) // 4 if side_rules else 0)
    if side_rules:
        document["policy"]["rules"] = SIDE_RULES
    return document


def greedy_values(problem: Problem) -> tuple[int, ...]:
    """What the best pair that still fits, again and again, comes to at every level."""
    rules = choose_rules(problem.policy)
    candidates = score_pairs(problem, rules)
    made = candidates.where(greedy_answer(problem, rules, candidates))
    pairs = [
        Pair(mentor=problem.mentors[m].reference, mentee=problem.mentees[e].reference)
        for m, e in zip(made.mentors.tolist(), made.mentees.tolist(), strict=True)
    ]
    found = audit(problem, rules, pairs)
    return tuple(found.values[name] for name in problem.policy.levels)


def try_limit(
    problem: Problem, size: tuple[int, int], limit: float, greedy: tuple[int, ...]
) -> Trial:
    """One whole solve in a process that is ready; an answer that the audit rejects would raise."""
    with SolverProcess() as process:
        time.sleep(SECONDS_TO_BE_READY)
        started = time.monotonic()
        result = solve_matching(problem, Limits(seconds=limit), process=process)
        seconds = time.monotonic() - started
    run = result.run
    return Trial(size, limit, seconds, run.stopped_by, run.solve_status, result.levels, greedy)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=_size, default=SIZES, metavar="300x350")
    parser.add_argument("--limits", nargs="+", type=float, default=LIMITS, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--side-rules", action="store_true", help="limits that are no network")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args(arguments)


def _size(text: str) -> tuple[int, int]:
    mentors, mentees = text.split("x")
    return int(mentors), int(mentees)


def _row(trial: Trial) -> Sequence[str]:
    levels = {level.name: (level, of) for level, of in zip(trial.levels, trial.greedy, strict=True)}
    mentees, greedy_mentees = levels["mentees_matched"]
    points, greedy_points = levels["points"]
    return (
        " × ".join(map(number, trial.size)),
        number(trial.limit),
        number(trial.seconds, 2),
        "yes" if trial.in_time else "no",
        trial.stopped_by or "itself",
        trial.status,
        *(number(figure) for figure in (mentees.value, mentees.bound, greedy_mentees)),
        *(number(figure / 1000) for figure in (points.value, points.bound, greedy_points)),
    )


if __name__ == "__main__":
    main()
