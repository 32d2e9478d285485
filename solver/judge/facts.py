"""What the plain-Python voices say of pairs: eligible or not, points, labels of groups."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.rulebook import Rules


def points_of(problem: Problem, rules: Rules, mentor: Participant, mentee: Participant) -> int:
    """The pair's points: the sum of weight times value, in whole numbers."""
    return sum(rule.weight * rule.value(problem, mentor, mentee) for rule in rules.objectives)


def refusals(
    problem: Problem, rules: Rules, mentor: Participant, mentee: Participant
) -> list[tuple[str, str]]:
    """The eligibility rules that the pair fails, each with its sentence."""
    failed = [
        (rule.name, rule.because(problem, mentor, mentee))
        for rule in rules.eligibility
        if not rule.permits(problem, mentor, mentee)
    ]
    if rules.floors:
        points = points_of(problem, rules, mentor, mentee)
        failed += [
            (floor.name, floor.because(points))
            for floor in rules.floors
            if not floor.permits(points)
        ]
    return failed


def candidate_pairs(
    problem: Problem, rules: Rules
) -> Iterator[tuple[Participant, Participant, int]]:
    """Every candidate pair with its points, asked of one pair after another."""
    for mentee in problem.mentees:
        for mentor in problem.mentors:
            if all(rule.permits(problem, mentor, mentee) for rule in rules.eligibility):
                points = points_of(problem, rules, mentor, mentee)
                if all(floor.permits(points) for floor in rules.floors):
                    yield mentor, mentee, points
