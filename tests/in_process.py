"""Solving inside the test's own process: quick, and visible to coverage."""

from __future__ import annotations

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.report import Claim, RunFacts, report
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import candidate_blocks
from solver.search.find import find_answer


def solve_here(problem: Problem, over_arrays: bool = False) -> MatchResult:
    """The audited result of a search without a child process; the survey in either voice."""
    rules = choose_rules(problem.policy)
    answer = find_answer(problem, rules, lambda: 60.0, lambda level, so_far: None)
    pairs = [
        Pair(mentor=problem.mentors[m].reference, mentee=problem.mentees[e].reference)
        for m, e in zip(answer.pairs.mentors, answer.pairs.mentees, strict=True)
    ]
    claims = [Claim(name=s.name, prices=s.prices, engine=s.engine) for s in answer.levels]
    blocks = list(candidate_blocks(problem, rules)) if over_arrays else None
    return report(problem, rules, pairs, claims, RunFacts(), blocks=blocks)
