"""Why unmatched: a first reason for everybody left over, or given fewer than they want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import FunnelStep, Role, Unmatched
from solver.answers.blocked import Blocked
from solver.rule import BoolArray, IntArray, PairTest, PairValues
from solver.rulebook import Rules
from solver.wording import rule_title


class Leftovers:
    """Finds who is left over and says why.

    `proved` is whether the answer is known to be optimal: without that nobody can be told
    that the others needed it more.
    """

    def __init__(self, problem: Problem, rules: Rules, pairs: Sequence[Pair], proved: bool) -> None:
        self._problem = problem
        self._proved = proved
        self._rules = rules
        self._blocked = Blocked(problem, rules, pairs)
        self._got = {
            "mentor": Counter(pair.mentor for pair in pairs),
            "mentee": Counter(pair.mentee for pair in pairs),
        }

    def among(self, role: Role, options: Mapping[str, int]) -> list[Unmatched]:
        """Mentees with fewer mentors than they want, or mentors without mentees, sorted.

        `options` counts each one's candidate pairs by reference.
        """
        people = self._left_over(role)
        further = np.zeros(self._number(role), dtype=np.int64)
        for position, reference, _ in people:
            further[position] = options.get(reference, 0) - self._got[role][reference]
        blocked = self._blocked.among(role, further)
        left = []
        for position, reference, wanted in people:
            more, got = int(further[position]), self._got[role][reference]
            # The funnel is only worked out where nobody is left at its end.
            funnel = () if more + got else self._funnel(role, position)
            if more > 0:
                reason, why = blocked.get(position) or self._outdone(role)
                because = f"{_eligible_in_words(role, more, got)}, {why}"
            else:
                reason, because = self._without_option(role, position, got, funnel)
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

    def _left_over(self, role: Role) -> list[tuple[int, str, int]]:
        """Position, reference and places of everybody who is left over."""
        people = self._problem.mentors if role == "mentor" else self._problem.mentees
        found = []
        for position, person in enumerate(people):
            got = self._got[role][person.reference]
            room = person.mentoring.capacity if role == "mentor" else person.learning.wants
            if got < (min(room, 1) if role == "mentor" else room):
                found.append((position, person.reference, room))
        return found

    def _number(self, role: Role) -> int:
        return len(self._problem.mentors if role == "mentor" else self._problem.mentees)

    def _without_option(
        self, role: Role, position: int, got: int, funnel: tuple[FunnelStep, ...]
    ) -> tuple[str, str]:
        """Why there is no further eligible partner."""
        other = _other(role)
        if funnel:
            because = _funnel_in_words(role, self._number(other), funnel)
        elif got:
            because = f"paired with every eligible {other} ({got})"
        else:
            because = f"there is no {other} in this round"
        below = self._rules.floors and self._below_floors(role, position) > got
        return ("below_quality_floor" if below else f"no_eligible_{other}"), because

    def _outdone(self, role: Role) -> tuple[str, str]:
        """Why somebody whom nothing keeps from further partners has none of them."""
        if not self._proved:
            return "time_limit", "but the search ended before the best answer was proved"
        if role == "mentor":
            return "contention", "at least as well placed with other mentors"
        return "contention", "whose places are worth at least as much to others"

    def _below_floors(self, role: Role, position: int) -> int:
        """How many partners every rule permits but the floors on points."""
        passed = self._passed(*self._with_all(role, position))[: len(self._permits)]
        return int(np.logical_and.reduce([ok for _, ok in passed]).sum()) if passed else 0

    def _funnel(self, role: Role, position: int) -> tuple[FunnelStep, ...]:
        """Who is left after each rule in turn, and who comes back without it alone."""
        others = self._number(_other(role))
        if not others:
            return ()
        passed = self._passed(*self._with_all(role, position))
        steps = []
        for place, (name, _) in enumerate(passed):
            left = np.logical_and.reduce([ok for _, ok in passed[: place + 1]])
            rest = [ok for k, (_, ok) in enumerate(passed) if k != place]
            back = np.logical_and.reduce(rest) if rest else np.ones(others, dtype=np.bool_)
            steps.append(FunnelStep(rule=name, left=int(left.sum()), back_without=int(back.sum())))
        return tuple(steps)

    def _with_all(self, role: Role, position: int) -> tuple[IntArray, IntArray]:
        """Somebody with everybody on the other side: mentors and mentees by position."""
        others = np.arange(self._number(_other(role)), dtype=np.int32)
        one = np.full(len(others), position, dtype=np.int32)
        return (one, others) if role == "mentor" else (others, one)

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
    other = _other(role)
    told, left = [f"of {others:,} {other}{'s' if others > 1 else ''}"], others
    for step in funnel:
        if step.left < left:
            told.append(f"{step.left:,} left after {rule_title(step.rule)}")
            left = step.left
    back = [
        f"{step.back_without:,} without {rule_title(step.rule)}"
        for step in funnel
        if step.back_without
    ]
    sentence = ", ".join(told)
    return f"{sentence}; {' or '.join(back)}" if back else sentence


def _other(role: Role) -> Role:
    return "mentee" if role == "mentor" else "mentor"


def _eligible_in_words(role: Role, more: int, got: int) -> str:
    """Whom somebody could have had: "3 further eligible mentors"."""
    further = "further " if got else ""
    return f"{more:,} {further}eligible {_other(role)}{'s' if more > 1 else ''}"
