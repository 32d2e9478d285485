"""What the plain-Python voices say of pairs: eligible or not, points, labels of groups."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.rulebook import Rules


class PairFacts:
    """What the plain voices say of pairs, each asked once, so that it can be done before the end.

    It depends on the two people and on the rules alone, never on who asks or when.
    """

    def __init__(self, problem: Problem, rules: Rules) -> None:
        self._problem = problem
        self._rules = rules
        self._known: dict[tuple[str, str], tuple[int, tuple[tuple[str, str], ...]]] = {}

    def of(
        self, mentor: Participant, mentee: Participant
    ) -> tuple[int, tuple[tuple[str, str], ...]]:
        """The pair's points, and the rules that it fails, each with its sentence."""
        key = mentor.reference, mentee.reference
        if key not in self._known:
            refused = tuple(refusals(self._problem, self._rules, mentor, mentee))
            self._known[key] = points_of(self._problem, self._rules, mentor, mentee), refused
        return self._known[key]


def points_of(problem: Problem, rules: Rules, mentor: Participant, mentee: Participant) -> int:
    """The pair's points: the sum of weight times value, in whole numbers."""
    return sum(rule.weight * rule.value(problem, mentor, mentee) for rule in rules.objectives)


def refusals(
    problem: Problem, rules: Rules, mentor: Participant, mentee: Participant
) -> list[tuple[str, str]]:
    """The eligibility rules that stand in the pair's way, each with its sentence."""
    pair = mentor.reference, mentee.reference
    return [
        (rule, because)
        for rule, because in failures(problem, rules, mentor, mentee)
        if not problem.waives(rule, *pair)
    ]


def failures(
    problem: Problem, rules: Rules, mentor: Participant, mentee: Participant
) -> list[tuple[str, str]]:
    """The eligibility rules that the pair fails, waived or not, each with its sentence."""
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
            pair = mentor.reference, mentee.reference
            if all(
                rule.permits(problem, mentor, mentee) or problem.waives(rule.name, *pair)
                for rule in rules.eligibility
            ):
                points = points_of(problem, rules, mentor, mentee)
                if all(
                    floor.permits(points) or problem.waives(floor.name, *pair)
                    for floor in rules.floors
                ):
                    yield mentor, mentee, points
