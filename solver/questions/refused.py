"""The pairs that one or two rules alone stand in the way of, for people who are left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.problem import Problem
from models.domain.result import Role
from solver.encoding import pin_positions
from solver.rule import BoolArray, IntArray
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, KnownPairs, joined

CELLS_IN_A_BLOCK = 1_000_000


@dataclass(frozen=True)
class RefusedPairs:
    """Pairs with the rules that refuse each: bit n of `by` stands for the n-th of the names."""

    pairs: CandidatePairs
    by: IntArray

    def of(self, role: Role) -> tuple[IntArray, IntArray]:
        """The positions of this role's people, and those of the others."""
        sides = (self.pairs.mentees, self.pairs.mentors)
        return sides if role == "mentee" else sides[::-1]

    def where(self, chosen: BoolArray | IntArray) -> RefusedPairs:
        """The chosen ones, by mask or by index."""
        return RefusedPairs(self.pairs.where(chosen), self.by[chosen])


class Refusing:
    """Finds such pairs, but for pins that stand though they fail rules. A rule that nobody can
    switch off is never left out.

    `names` lists the rules that may be, floors on points last.
    """

    def __init__(self, problem: Problem, rules: Rules) -> None:
        self._problem = problem
        self._sizes = {"mentor": len(problem.mentors), "mentee": len(problem.mentees)}
        asked = sorted(rules.eligibility, key=lambda rule: (not rule.dense, rule.name))
        self._tests = [(rule, rule.vectorised(problem)) for rule in asked]
        self._worth = [(rule.weight, rule.vectorised(problem)) for rule in rules.objectives]
        self._floors = rules.floors
        pins = pin_positions(problem)
        self._pins = KnownPairs(CandidatePairs(*pins, pins[0]), len(problem.mentees))
        waivable = [rule.name for rule in asked if rule.can_be_switched_off]
        self.names = (*waivable, *(floor.name for floor in rules.floors))
        self._bit = {name: np.int32(1 << place) for place, name in enumerate(self.names)}
        self.floor_bits = sum(1 << self.names.index(floor.name) for floor in rules.floors)

    def among(self, role: Role, places: Sequence[int], numbers: Sequence[int]) -> RefusedPairs:
        """The pairs of these people that so many rules refuse, such as exactly one."""
        found = list(self._blocks(role, np.array(places, dtype=np.int32), max(numbers)))
        every = RefusedPairs(
            joined(*(part.pairs for part in found)),
            np.concatenate([np.zeros(0, dtype=np.int32), *(part.by for part in found)]),
        )
        return every.where(np.isin(_number(every.by), numbers) & self._pins.lacks(every.pairs))

    def rules_of(self, by: int) -> tuple[str, ...]:
        """The names that the bits stand for, in alphabetical order."""
        return tuple(sorted(name for name, bit in self._bit.items() if by & int(bit)))

    def _blocks(self, role: Role, places: IntArray, most: int) -> Iterator[RefusedPairs]:
        others = np.arange(self._sizes["mentor" if role == "mentee" else "mentee"], dtype=np.int32)
        step = max(1, CELLS_IN_A_BLOCK // max(1, len(others)))
        for start in range(0, len(places), step):
            some = places[start : start + step]
            mentors, mentees = (others, some) if role == "mentee" else (some, others)
            yield self._in_block(mentors, mentees, most)

    def _in_block(self, mentors: IntArray, mentees: IntArray, most: int) -> RefusedPairs:
        by = np.zeros((len(mentees), len(mentors)), dtype=np.int32)
        left = np.ones(by.shape, dtype=np.bool_)
        for rule, permits in self._tests:
            if rule.dense:
                refused = ~permits(mentors[None, :], mentees[:, None])
                if rule.can_be_switched_off:
                    by += refused * self._bit[rule.name]
                else:
                    left &= ~refused
        rows, columns = np.nonzero(left & (_number(by) <= most))
        by = by[rows, columns]
        givers, takers = mentors[columns], mentees[rows]
        for rule, permits in self._tests:
            if not rule.dense:
                refused = ~permits(givers, takers)
                if rule.can_be_switched_off:
                    by += refused * self._bit[rule.name]
                kept = ~refused if not rule.can_be_switched_off else _number(by) <= most
                by, givers, takers = by[kept], givers[kept], takers[kept]
        return self._scored(givers, takers, by)

    def _scored(self, mentors: IntArray, mentees: IntArray, by: IntArray) -> RefusedPairs:
        if not self._floors:
            chosen = by != 0
            mentors, mentees, by = mentors[chosen], mentees[chosen], by[chosen]
        points = np.zeros(len(mentors), dtype=np.int32)
        for weight, values in self._worth:
            points += np.int32(weight) * values(mentors, mentees).astype(np.int32, copy=False)
        for floor in self._floors:
            by = by + ~floor.vectorised(points) * self._bit[floor.name]
        return RefusedPairs(CandidatePairs(mentors, mentees, points), by)


def _number(by: IntArray) -> IntArray:
    """How many rules the bits stand for."""
    number: IntArray = np.bitwise_count(by)
    return number
