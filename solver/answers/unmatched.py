"""Why unmatched: a first reason for everybody left over, or given fewer than they want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import FunnelStep, Role, Unmatched
from solver.rule import BoolArray, IntArray, PairTest, PairValues
from solver.rulebook import Rules


class Leftovers:
    """Finds who is left over and says why.

    `proved` is whether the answer is known to be optimal: without that nobody can be told
    that the others needed it more.
    """

    def __init__(self, problem: Problem, rules: Rules, pairs: Sequence[Pair], proved: bool) -> None:
        self._problem = problem
        self._proved = proved
        self._rules = rules
        self._got = {
            "mentor": Counter(pair.mentor for pair in pairs),
            "mentee": Counter(pair.mentee for pair in pairs),
        }

    def among(self, role: Role, options: Mapping[str, int]) -> list[Unmatched]:
        """Mentees with fewer mentors than they want, or mentors without mentees, sorted.

        `options` counts each one's candidate pairs by reference.
        """
        left: list[Unmatched] = []
        for position, (reference, wanted) in enumerate(self._wanting(role)):
            got = self._got[role][reference]
            if got == wanted or (role == "mentor" and got):
                continue
            found = options.get(reference, 0)
            reason, because = self._reason(role, found, got)
            # The funnel is only worked out where nobody is left at its end.
            funnel = () if found else self._funnel(role, position)
            if funnel:
                because = _funnel_in_words(role, self._others(role), funnel)
            left.append(
                Unmatched(
                    reference=reference,
                    role=role,
                    reason=reason,
                    because=because,
                    got=got,
                    wanted=wanted,
                    funnel=funnel,
                )
            )
        return sorted(left, key=lambda person: person.reference)

    def _wanting(self, role: Role) -> list[tuple[str, int]]:
        if role == "mentor":
            return [(p.reference, p.mentoring.capacity) for p in self._problem.mentors]
        return [(p.reference, p.learning.wants) for p in self._problem.mentees]

    def _others(self, role: Role) -> int:
        return len(self._problem.mentees if role == "mentor" else self._problem.mentors)

    def _reason(self, role: Role, options: int, got: int) -> tuple[str, str]:
        other = "mentee" if role == "mentor" else "mentor"
        if not options:
            return f"no_eligible_{other}", f"there is no {other} in this round"
        if options <= got:
            return f"no_eligible_{other}", f"paired with every eligible {other} ({options})"
        more, further = options - got, "further " if got else ""
        eligible = f"{more:,} {further}eligible {other}{'s' if more > 1 else ''}"
        if not self._proved:
            return (
                "time_limit",
                f"{eligible}, but the search ended before the best answer was proved",
            )
        if role == "mentor":
            return "contention", f"{eligible}, at least as well placed with other mentors"
        return "contention", f"{eligible}, whose places are worth at least as much to others"

    def _funnel(self, role: Role, position: int) -> tuple[FunnelStep, ...]:
        """Who is left after each rule in turn, and who comes back without it alone."""
        others = np.arange(self._others(role), dtype=np.int32)
        if not len(others):
            return ()
        one = np.full(len(others), position, dtype=np.int32)
        mentors, mentees = (one, others) if role == "mentor" else (others, one)
        passed = self._passed(mentors, mentees)
        steps = []
        for place, (name, _) in enumerate(passed):
            left = np.logical_and.reduce([ok for _, ok in passed[: place + 1]])
            rest = [ok for k, (_, ok) in enumerate(passed) if k != place]
            back = np.logical_and.reduce(rest) if rest else np.ones(len(others), dtype=np.bool_)
            steps.append(FunnelStep(rule=name, left=int(left.sum()), back_without=int(back.sum())))
        return tuple(steps)

    @cached_property
    def _permits(self) -> list[tuple[str, PairTest]]:
        """The rules over arrays, made ready when the first funnel is worked out."""
        return [(rule.name, rule.vectorised(self._problem)) for rule in self._rules.eligibility]

    @cached_property
    def _worth(self) -> list[tuple[int, PairValues]]:
        return [(rule.weight, rule.vectorised(self._problem)) for rule in self._rules.objectives]

    def _passed(self, mentors: IntArray, mentees: IntArray) -> list[tuple[str, BoolArray]]:
        passed = [(name, permits(mentors, mentees)) for name, permits in self._permits]
        if self._rules.floors:
            points = np.zeros(len(mentors), dtype=np.int64)
            for weight, values in self._worth:
                points += weight * values(mentors, mentees)
            passed += [(floor.name, floor.vectorised(points)) for floor in self._rules.floors]
        return passed


def _funnel_in_words(role: Role, others: int, funnel: tuple[FunnelStep, ...]) -> str:
    """The steps that took somebody away, then what one rule alone would bring back."""
    other = "mentee" if role == "mentor" else "mentor"
    told, left = [f"of {others:,} {other}{'s' if others > 1 else ''}"], others
    for step in funnel:
        if step.left < left:
            told.append(f"{step.left:,} left after {_in_words(step.rule)}")
            left = step.left
    back = [
        f"{step.back_without:,} without {_in_words(step.rule)}"
        for step in funnel
        if step.back_without
    ]
    sentence = ", ".join(told)
    return f"{sentence}; {' or '.join(back)}" if back else sentence


def _in_words(rule: str) -> str:
    return rule.replace("_", " ")
