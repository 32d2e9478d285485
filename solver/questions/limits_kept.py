"""Do the limits that are no part of the network still hold after a change of the answer?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.questions.changes import Made
from solver.rule import HardConstraint
from solver.rulebook import Rules


class LimitsKept:
    """Checks changes against every further limit; only what a change touches is counted anew."""

    def __init__(self, problem: Problem, rules: Rules, pairs: Iterable[Made]) -> None:
        self._problem = problem
        self._pairs = frozenset(pairs)
        limits = [(rule, rule.limit(problem)) for rule in rules.constraints]
        further = [(rule, limit) for rule, limit in limits if limit.shape == "group"]
        # What each pair counts by itself can be counted pair by pair; anything else cannot.
        simple = [
            rule for rule, limit in further if limit.mentor_of is None and limit.matched is None
        ]
        self._counted = [(rule, self._sums(rule, self._pairs)) for rule in simple]
        self._others = [rule for rule, _ in further if rule not in simple]

    def after(self, given_up: Iterable[Made], made: Iterable[Made]) -> bool:
        """Whether all of them hold once some pairs are given up and others are made."""
        given_up, made = set(given_up), set(made)
        for rule, sums in self._counted:
            added = self._sums(rule, made)
            added.subtract(self._sums(rule, given_up))
            for label, size in added.items():
                least, most = rule.group_bounds(self._problem, label)
                if not least <= sums[label] + size <= most:
                    return False
        if not self._others:
            return True
        left = sorted((self._pairs - given_up) | made)
        pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in left]
        return not any(rule.breaches(self._problem, pairs) for rule in self._others)

    def _sums(self, rule: HardConstraint, pairs: Iterable[Made]) -> Counter[str]:
        people, sums = self._problem.by_reference, Counter[str]()
        for mentor, mentee in pairs:
            for label, size in rule.shares(self._problem, people[mentor], people[mentee]):
                sums[label] += size
        return sums
