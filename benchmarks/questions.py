"""Questions about a stored result, beside solving the round again for the answer.

Rounds with side rules have a module of their own: `benchmarks.side_rule_questions`.

uv run --group benchmarks python -m benchmarks.questions
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from benchmarks.surroundings import in_words, surroundings
from benchmarks.table import number, table
from models.domain.problem import Problem
from models.reference import civil_service
from scenarios.generate import generate_round
from solver.intake import read_round
from solver.questions.alternatives import mentors_for
from solver.questions.asking import Questions
from solver.questions.forcing import Forcing
from solver.solve import solve_matching

HEAD = ("question", "asked", "median, ms", "worst, ms")
LEFT_OVER_HEAD = (
    "mentors, one place each",
    "mentees",
    "left over",
    "remedies",
    "median, ms",
    "worst, ms",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how long each question takes, the first one and those after it, and a re-solve."""
    asked = _arguments(arguments)
    print(in_words(surroundings(["pairwell", "ortools", "numpy"])))
    problem = _a_problem(asked.mentors, asked.mentees)
    result = solve_matching(problem)
    people = f"{number(asked.mentors)} mentors, {number(asked.mentees)} mentees"
    print(f"Profile civil-service; {people}; solved in {result.run.seconds:.2f} s.\n")
    ready = [_seconds(_made_ready, Questions(problem, result)) for _ in range(5)]
    questions = Questions(problem, result)
    forcing = _made_ready(questions)
    draw = random.Random(1)
    pairs = [forcing.pair(draw.randrange(len(forcing.residual.every))) for _ in range(asked.times)]
    anew = partial(questions.why_not, verify=True)
    rows = [
        ("residual network ready", ready),
        ("why not these two", [_seconds(questions.why_not, *pair) for pair in pairs]),
        (
            "all alternatives of a mentee",
            [_seconds(mentors_for, forcing, mentee) for _, mentee in pairs],
        ),
        (
            "worth of every mentor's next place and of a recruit of each kind",
            [_seconds(questions.capacity_worth) for _ in range(5)],
        ),
        (
            "why not these two, by solving again",
            [_seconds(anew, *pair) for pair in pairs[: asked.solves]],
        ),
    ]
    print(table(HEAD, [_row(question, seconds) for question, seconds in rows]))
    print("\nWhy unmatched, for everybody left over, from the residual network:\n")
    sides = [(asked.mentors, asked.mentees), (asked.mentees, asked.mentors)]
    print(table(LEFT_OVER_HEAD, [_left_over(*side) for side in sides]))


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentors", type=int, default=3_000)
    parser.add_argument("--mentees", type=int, default=4_000)
    parser.add_argument("--times", type=int, default=200, help="pairs asked about")
    parser.add_argument("--solves", type=int, default=5, help="of them by solving again")
    return parser.parse_args(arguments)


def _a_problem(mentors: int, mentees: int, capacity: int | None = None) -> Problem:
    document = generate_round(mentors, mentees, 1)
    for person in document["participants"]:
        if capacity and "mentor" in person:
            person["mentor"]["capacity"] = capacity
    problem = read_round(document, civil_service()).problem
    assert problem is not None
    return problem


def _left_over(mentors: int, mentees: int) -> tuple[str, ...]:
    """The whole report of a round in which every mentor has one place, made several times."""
    problem = _a_problem(mentors, mentees, capacity=1)
    questions = Questions(problem, solve_matching(problem))
    _made_ready(questions)
    taken = [1000 * _seconds(questions.unmatched) for _ in range(5)]
    people = questions.unmatched().unmatched
    figures = (mentors, mentees, len(people), sum(len(one.remedies) for one in people))
    times = (number(figure, 1) for figure in (statistics.median(taken), max(taken)))
    return (*(number(figure) for figure in figures), *times)


def _made_ready(questions: Questions) -> Forcing:
    """The residual network with every path by way of the root."""
    forcing = questions.forcing
    assert forcing is not None
    _ = forcing.paths.from_root, forcing.paths.to_root
    return forcing


def _seconds(ask: Callable[..., object], *about: object) -> float:
    started = time.perf_counter()
    ask(*about)
    return time.perf_counter() - started


def _row(question: str, seconds: Iterable[float]) -> tuple[str, ...]:
    taken = [1000 * second for second in seconds]
    figures = (statistics.median(taken), max(taken))
    return (question, number(len(taken)), *(number(figure, 1) for figure in figures))


if __name__ == "__main__":
    main()
