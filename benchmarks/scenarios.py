"""Scenarios of a solved round held in memory, beside solving each changed round from scratch.

From the list of changes to the audited, certified and explained result, comparisons left out;
from scratch the changed document is read and solved as any round is, in a process of its own.

uv run --group benchmarks python -m benchmarks.scenarios
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.surroundings import in_words, surroundings
from benchmarks.table import number, table
from models.domain.result import MatchResult
from models.reference import civil_service
from scenarios.change import Change
from scenarios.generate import generate_round
from scenarios.reading import read_changes
from scenarios.scenario import BaseRound, changed, open_scenario
from scenarios.warm import WarmSolve
from solver.intake import read_round
from solver.intake.issue_log import IssueLog
from solver.solve import solve_matching

HEAD = (
    "change",
    "asked",
    "median, s",
    "worst, s",
    "processor, s",
    "from scratch, s",
    "processor, s",
    "ratio",
    "of processor",
)

Kinds = Mapping[str, Callable[[], dict[str, Any]]]


@dataclass
class Taken:
    """What each of several runs took: wall time, and processor time of all processes."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @contextmanager
    def another(self) -> Iterator[None]:
        """Measures a run."""
        wall, processor = time.perf_counter(), _processor_seconds()
        yield
        self.seconds.append(time.perf_counter() - wall)
        self.processor.append(_processor_seconds() - processor)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how long each kind of change takes, from the round held and from scratch."""
    asked = _arguments(arguments)
    print(in_words(surroundings(["pairwell", "ortools", "numpy"])))
    base = BaseRound.read(generate_round(asked.mentors, asked.mentees, 1), civil_service())
    result = solve_matching(base.problem)
    ready = Taken()
    with ready.another():
        base = base.at_hand()
        warm = WarmSolve(
            base.problem, result, lambda problem, start: solve_matching(problem, start=start)
        )
    people = f"{number(asked.mentors)} mentors, {number(asked.mentees)} mentees"
    print(f"Profile civil-service; {people}; made ready in {ready.seconds[0]:.2f} s.\n")
    kinds = _kinds(base, result, random.Random(1))
    rows = [_row(kind, draw, base, result, warm, asked) for kind, draw in kinds.items()]
    print(table(HEAD, rows))


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentors", type=int, default=3_000)
    parser.add_argument("--mentees", type=int, default=4_000)
    parser.add_argument("--times", type=int, default=9, help="changes of each kind")
    parser.add_argument("--solves", type=int, default=3, help="of them from scratch, too")
    return parser.parse_args(arguments)


def _kinds(base: BaseRound, result: MatchResult, chance: random.Random) -> Kinds:
    mentors = [person.reference for person in base.problem.mentors]
    mentees = [person.reference for person in base.problem.mentees]
    places = {person.reference: person.mentoring.capacity for person in base.problem.mentors}

    def one_more_place() -> dict[str, Any]:
        mentor = chance.choice(mentors)
        return {"change": "capacity", "mentor": mentor, "capacity": places[mentor] + 1}

    return {
        "a mentor with mentees withdraws": lambda: {
            "change": "remove_person",
            "reference": chance.choice(result.pairs).mentor,
        },
        "a mentee withdraws": lambda: {
            "change": "remove_person",
            "reference": chance.choice(mentees),
        },
        "one more place": one_more_place,
        "a pin": lambda: {
            "change": "pin",
            "mentor": chance.choice(mentors),
            "mentee": chance.choice(mentees),
        },
        "a bar on a pair made": lambda: {
            "change": "bar",
            **chance.choice(result.pairs).model_dump(),
        },
        "a changed weight": lambda: {
            "change": "weights",
            "weights": {"expertise_overlap": chance.randint(20, 60)},
        },
    }


def _row(
    kind: str,
    draw: Callable[[], dict[str, Any]],
    base: BaseRound,
    result: MatchResult,
    warm: WarmSolve,
    asked: argparse.Namespace,
) -> tuple[str, ...]:
    """Changes of one kind that leave a problem, one after the other."""
    quick, slow = Taken(), Taken()
    while len(quick.seconds) < asked.times:
        changes = read_changes([draw()])[0]
        if open_scenario(base, changes).problem is None:
            continue
        with quick.another():
            problem = open_scenario(base, changes).problem
            told = warm(problem, result) if problem else None
        if len(slow.seconds) < asked.solves:
            with slow.another():
                scratch = _from_scratch(base, changes)
            assert told is not None
            assert [level.value for level in told.levels] == [
                level.value for level in scratch.levels
            ]
    figures = (
        statistics.median(quick.seconds),
        max(quick.seconds),
        statistics.median(quick.processor),
        statistics.median(slow.seconds),
        statistics.median(slow.processor),
    )
    ratios = figures[3] / figures[0], figures[4] / figures[2]
    told = [*(number(figure, 2) for figure in figures), *(number(ratio, 1) for ratio in ratios)]
    return (kind, number(asked.times), *told)


def _from_scratch(base: BaseRound, changes: Sequence[Change]) -> MatchResult:
    problem = read_round(changed(base.frozen, changes, IssueLog()), base.programme).problem
    assert problem is not None
    return solve_matching(problem)


def _processor_seconds() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    main()
