"""A large round with further limits is asked about in a process of its own."""

from __future__ import annotations

from functools import cache

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.reference import civil_service
from scenarios.side_rules import Tightness, round_before_side_rules, with_side_rules
from solver.intake import read_round
from solver.questions.anew import with_pin
from solver.questions.asking import Questions
from solver.questions.reopened import ReopenedResult
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from solver.search.process import SolverProcess
from solver.solve import solve_matching
from tests.in_process import solve_here
from tests.limited_rounds import a_limited_round

MENTORS, MENTEES, BOTH = 340, 400, 60
EASY = Tightness(load_percent=100, commitments=4, coverage_percent=60, changes_percent=80)


@cache
def a_large_round() -> tuple[Problem, MatchResult]:
    """A round of more candidate pairs than are held whole, under all seven side rules."""
    before = round_before_side_rules(MENTORS, MENTEES, BOTH, 5)
    free = solve_matching(_read(before))
    problem = _read(with_side_rules(before, free.assignments, EASY, 5))
    return problem, solve_matching(problem)


def _read(document: dict[str, object]) -> Problem:
    problem = read_round(document, civil_service()).problem
    assert problem is not None
    return problem


def some_pairs(problem: Problem, result: MatchResult, number: int) -> list[tuple[str, str]]:
    every = score_pairs(problem, choose_rules(problem.policy))
    made = {(pair.mentor, pair.mentee) for pair in result.pairs}
    names = [
        (problem.mentors[m].reference, problem.mentees[e].reference)
        for m, e in zip(every.mentors.tolist(), every.mentees.tolist(), strict=True)
    ]
    others = [pair for pair in names if pair not in made]
    return others[:: len(others) // number][:number]


@pytest.mark.slow
def test_one_process_answers_for_one_pair_after_another_as_another_solve_would() -> None:
    problem, result = a_large_round()
    assert result.run.solve_status == "optimal"
    questions = Questions(problem, result, seconds=30.0)
    assert questions.reopened.make_ready()
    proved = 0
    for mentor, mentee in some_pairs(problem, result, 6):
        answer = questions.why_not(mentor, mentee)
        forced = solve_matching(with_pin(problem, mentor, mentee))
        losses = {
            before.name: before.value - after.value
            for before, after in zip(result.levels[:-1], forced.levels[:-1], strict=True)
        }
        if answer.verdict == "unknown":
            assert answer.interval is not None
            assert answer.interval.least["points"] <= losses["points"]
            continue
        assert answer.change is not None
        assert answer.change.losses == losses
        assert answer.verified
        assert answer.points is not None
        proved += 1
    assert proved >= 4
    questions.reopened.close()


@pytest.mark.slow
def test_an_answer_that_ran_out_of_time_is_an_interval_and_the_next_is_answered_again() -> None:
    """By another process, which made itself ready meanwhile."""
    problem, result = a_large_round()
    reopened = ReopenedResult(problem, choose_rules(problem.policy), result)
    mentor, mentee = some_pairs(problem, result, 3)[1]
    hurried = reopened.force(mentor, mentee, seconds=0.001)
    assert hurried is None or hurried.verdict == "unknown"
    answered = reopened.force(mentor, mentee, seconds=30.0)
    assert answered is not None
    assert answered.verdict in ("dominated", "tied", "unknown")
    reopened.close()


def test_small_rounds_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SolverProcess, "__init__", _refuse)
    problem = a_limited_round(212)
    reopened = ReopenedResult(problem, choose_rules(problem.policy), solve_here(problem))
    assert not reopened.make_ready()
    assert reopened.force("M1", "E1", seconds=1.0) is None


def _refuse(*_: object) -> None:
    raise AssertionError
