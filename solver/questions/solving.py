"""Solving a round once more for one answer: small ones here and now, others in a process."""

from __future__ import annotations

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.judge.claims import Claim
from solver.levels import LEVELS, TIE_RULE
from solver.limits import Limits
from solver.relaxation.binding_groups import side_limits
from solver.relaxation.network import lay_network
from solver.report import RunFacts, report, report_no_answer
from solver.rulebook import Rules, choose_rules
from solver.scoring.scoreboard import cells
from solver.search.clock import Clock
from solver.search.first_answer import NoAnswerError
from solver.search.under_mode import find_under_mode
from solver.solve import solve_matching

SMALL = 20_000
"""Up to so many pairs to look at, starting a process takes longer than solving."""

LEAST_SECONDS = 0.1


def solve_untied(problem: Problem, clock: Clock) -> MatchResult:
    """The audited and certified best answer at every level but the tie rule, which is left out.

    Only rounds that are a network, or nearly one, are ever solved in this very process.
    """
    levels = tuple(name for name in problem.policy.levels if name != TIE_RULE)
    untied = problem.changed(policy=problem.policy.model_copy(update={"levels": levels}))
    rules = choose_rules(problem.policy)
    plain = all(limit.is_plain for limit in side_limits(problem, rules))
    if plain and cells(problem, rules) <= SMALL:
        return _solve_here(untied, rules, clock)
    return solve_matching(untied, Limits(seconds=max(LEAST_SECONDS, clock.seconds_left())))


def _solve_here(problem: Problem, rules: Rules, clock: Clock) -> MatchResult:
    network = lay_network(problem, rules, [LEVELS[name] for name in problem.policy.levels])
    try:
        answer = find_under_mode(problem, rules, network, clock, lambda level, so_far: None)
    except NoAnswerError as error:
        return report_no_answer(problem, RunFacts(), error.conflict)
    pairs = [
        Pair(mentor=problem.mentors[m].reference, mentee=problem.mentees[e].reference)
        for m, e in zip(answer.pairs.mentors, answer.pairs.mentees, strict=True)
    ]
    claims = [Claim(name=s.name, prices=s.prices, engine=s.engine) for s in answer.levels]
    return report(problem, rules, pairs, claims, RunFacts())
