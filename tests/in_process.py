"""Solving inside the test's own process: quick, and visible to coverage."""

from __future__ import annotations

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.groundwork import Groundwork
from solver.levels import LEVELS
from solver.relaxation.answer import Answer
from solver.relaxation.network import lay_network
from solver.report import Claim, RunFacts, report, report_no_answer
from solver.rulebook import Rules, choose_rules
from solver.search.clock import Clock
from solver.search.find import find_answer
from solver.search.first_answer import NoAnswerError
from solver.search.state import OnAnswer
from solver.solve import known_of


def solve_here(
    problem: Problem,
    over_arrays: bool = False,
    clock: Clock | None = None,
    start: MatchResult | None = None,
) -> MatchResult:
    """The audited result of a search without a child process; the survey in either voice."""
    rules = choose_rules(problem.policy)
    answer = answer_here(problem, rules, lambda level, so_far: None, clock, start)
    pairs = [
        Pair(mentor=problem.mentors[m].reference, mentee=problem.mentees[e].reference)
        for m, e in zip(answer.pairs.mentors, answer.pairs.mentees, strict=True)
    ]
    claims = [Claim(name=s.name, prices=s.prices, engine=s.engine) for s in answer.levels]
    groundwork = Groundwork(problem, rules) if over_arrays else None
    return report(problem, rules, pairs, claims, RunFacts(), groundwork=groundwork)


def solved_or_not(
    problem: Problem,
    limits: object = None,
    start: MatchResult | None = None,
    *,
    seconds: float = 60.0,
) -> MatchResult:
    """In place of `solve_matching`: a round without an answer has a result as well."""
    try:
        return solve_here(problem, clock=Clock(seconds), start=start)
    except NoAnswerError as error:
        return report_no_answer(problem, RunFacts(), error.conflict)


def answer_here(
    problem: Problem,
    rules: Rules,
    on_answer: OnAnswer,
    clock: Clock | None = None,
    start: MatchResult | None = None,
) -> Answer:
    """What the search finds, in this process."""
    network = lay_network(problem, rules, [LEVELS[name] for name in problem.policy.levels])
    known = known_of(start) if start else None
    return find_answer(problem, rules, network, clock or Clock(60.0), on_answer, known)
