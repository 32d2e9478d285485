"""Why not these two, in rounds with all seven side rules, beside a forced solve from nothing.

uv run --group benchmarks python -m benchmarks.side_rule_questions
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.surroundings import in_words, surroundings
from benchmarks.table import number, table
from models.domain.explanation import WhyNot
from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.reference import civil_service
from scenarios.side_rules import TIGHTNESS, Round, round_before_side_rules, with_side_rules
from solver.intake import read_round
from solver.limits import Limits
from solver.questions.anew import with_pin
from solver.questions.asking import Questions
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from solver.solve import solve_matching

HEAD = ("question", "asked", "median, s", "worst, s", "proved", "widest interval, points")


@dataclass(frozen=True)
class Asked:
    """How long one answer took, whether it was proved, and how wide its interval is otherwise."""

    seconds: float
    proved: bool
    width: int | None = None


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table for each variant."""
    asked = _arguments(arguments)
    print(in_words(surroundings(["pairwell", "ortools", "numpy"])))
    for name in asked.variants:
        print(section(name, asked), flush=True)


def section(name: str, asked: argparse.Namespace) -> str:
    """A heading, and a row for each way to answer."""
    problem = a_problem(name, asked.mentors, asked.mentees, asked.both, asked.seed)
    result = solve_matching(problem, Limits(seconds=asked.allowance))
    heading = f"### {name}: solved in {result.run.seconds:.1f} s, {result.run.solve_status}"
    questions = Questions(problem, result, seconds=asked.seconds)
    started = time.perf_counter()
    questions.reopened.make_ready()
    ready = Asked(time.perf_counter() - started, proved=True)
    drawn = _drawn(problem, result, asked.times)
    warm = [_why_not(questions, *pair) for pair in drawn]
    cold = [_cold(problem, *pair, asked.allowance) for pair in drawn[: asked.solves]]
    rows = [
        _row("ready for questions", [ready]),
        _row(f"why not, in {asked.seconds:g} s", warm),
        _row("why not, by a solve from nothing", cold),
    ]
    questions.reopened.close()
    return f"{heading}\n\n{table(HEAD, rows)}\n"


def a_problem(name: str, mentors: int, mentees: int, both: int, seed: int) -> Problem:
    """A round with side rules as tight as `name` says; see `scenarios.side_rules`."""
    before = round_before_side_rules(mentors, mentees, both, seed)
    free = solve_matching(_read(before))
    return _read(with_side_rules(before, free.assignments, TIGHTNESS[name], seed))


def _read(document: Round) -> Problem:
    problem = read_round(document, civil_service()).problem
    assert problem is not None
    return problem


def _drawn(problem: Problem, result: MatchResult, times: int) -> list[tuple[str, str]]:
    """Candidate pairs that were not made."""
    every = score_pairs(problem, choose_rules(problem.policy))
    made = {(pair.mentor, pair.mentee) for pair in result.pairs}
    draw, found = random.Random(1), list[tuple[str, str]]()
    while len(found) < times:
        place = draw.randrange(len(every))
        mentor, mentee = (
            problem.mentors[every.mentors[place]],
            problem.mentees[every.mentees[place]],
        )
        if (mentor.reference, mentee.reference) not in made:
            found.append((mentor.reference, mentee.reference))
    return found


def _why_not(questions: Questions, mentor: str, mentee: str) -> Asked:
    started = time.perf_counter()
    answer = questions.why_not(mentor, mentee)
    seconds = time.perf_counter() - started
    return Asked(seconds, answer.verdict != "unknown", _width(answer))


def _width(answer: WhyNot) -> int | None:
    """Between the two ends of the last level; None where one of them is not known."""
    interval = answer.interval
    if interval is None or interval.most is None or "points" not in interval.most:
        return None
    return interval.most["points"] - interval.least["points"]


def _cold(problem: Problem, mentor: str, mentee: str, allowance: float) -> Asked:
    forced: MatchResult = solve_matching(
        with_pin(problem, mentor, mentee), Limits(seconds=allowance)
    )
    return Asked(forced.run.seconds, forced.run.solve_status in ("optimal", "infeasible"))


def _row(question: str, asked: Sequence[Asked]) -> tuple[str, ...]:
    taken = [one.seconds for one in asked]
    widths = [one.width for one in asked if one.width is not None]
    if not asked:
        return (question, "0", *("–" for _ in HEAD[2:]))
    return (
        question,
        number(len(asked)),
        number(statistics.median(taken), 2),
        number(max(taken), 2),
        f"{sum(one.proved for one in asked)} of {len(asked)}",
        number(max(widths) / 1000, 2) if widths else "–",
    )


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", nargs="+", choices=TIGHTNESS, default=["loose", "middling"])
    parser.add_argument("--mentors", type=int, default=3_000)
    parser.add_argument("--mentees", type=int, default=4_000)
    parser.add_argument("--both", type=int, default=750, help="people in both roles")
    parser.add_argument("--seed", type=int, default=201)
    parser.add_argument("--times", type=int, default=20, help="pairs asked about")
    parser.add_argument("--seconds", type=float, default=3.0, help="for an answer")
    parser.add_argument("--solves", type=int, default=3, help="of them by a solve from nothing")
    parser.add_argument("--allowance", type=float, default=120.0, help="seconds for a whole solve")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
