"""What the plain-Python voices say of pairs: eligible or not, points, labels of groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
        self._values: dict[tuple[str, str], tuple[int, ...]] = {}

    def take_over(self, other: PairFacts, pairs: Iterable[tuple[str, str]]) -> None:
        """Takes over what is known of some pairs of a round in which the same is said of them."""
        for pair in pairs:
            if pair in other._known:
                self._known[pair], self._values[pair] = other._known[pair], other._values[pair]

    def of(
        self, mentor: Participant, mentee: Participant
    ) -> tuple[int, tuple[tuple[str, str], ...]]:
        """The pair's points, and the rules that it fails, each with its sentence."""
        key = mentor.reference, mentee.reference
        known = self._known.get(key)
        if known is None:
            refused = tuple(refusals(self._problem, self._rules, mentor, mentee))
            points = summed(self._rules, self.values(mentor, mentee))
            known = self._known[key] = points, refused
        return known

    def values(self, mentor: Participant, mentee: Participant) -> tuple[int, ...]:
        """The pair's value at every soft objective."""
        key = mentor.reference, mentee.reference
        known = self._values.get(key)
        if known is None:
            known = self._values[key] = values_of(self._problem, self._rules, mentor, mentee)
        return known


def points_of(problem: Problem, rules: Rules, mentor: Participant, mentee: Participant) -> int:
    """The pair's points: the sum of weight times value, in whole numbers."""
    return summed(rules, values_of(problem, rules, mentor, mentee))


def values_of(
    problem: Problem, rules: Rules, mentor: Participant, mentee: Participant
) -> tuple[int, ...]:
    """The pair's value at every soft objective, in the order of the rules."""
    return tuple([rule.value(problem, mentor, mentee) for rule in rules.objectives])


def summed(rules: Rules, values: Sequence[int]) -> int:
    """The points of values at the soft objectives, in the order of the rules."""
    points = 0
    for rule, value in zip(rules.objectives, values, strict=True):
        points += rule.weight * value
    return points


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
