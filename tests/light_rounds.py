"""Small rounds with small weights, so that every weight can be tried."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.questions.changed_rounds import weighable, with_weight
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.strategies import a_small_round

LARGEST = 9
"""Weights from 0 to this are tried one by one."""


def a_light_round(seed: int) -> Problem:
    """A small round whose weights are all in the range that is tried; some have a floor."""
    problem = a_small_round(seed)
    for rule in weighable(problem).values():
        if rule.weight > LARGEST:
            problem = with_weight(problem, rule, rule.weight % (LARGEST + 1))
    return problem if pins_stand(problem) else problem.changed(pins=())


def eligible(problem: Problem, mentor: str, mentee: str) -> bool:
    every = score_pairs(problem, choose_rules(problem.policy))
    givers, takers = problem.mentors, problem.mentees
    return any(
        (givers[m].reference, takers[e].reference) == (mentor, mentee)
        for m, e in zip(every.mentors.tolist(), every.mentees.tolist(), strict=True)
    )


def pins_stand(problem: Problem) -> bool:
    return all(eligible(problem, pin.mentor, pin.mentee) for pin in problem.pins)
