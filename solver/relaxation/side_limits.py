"""The limits that are no part of the network, as far as they can bind among the pairs held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from solver.relaxation.face import EMPTY, FULL
from solver.rule import BoolArray, FloatArray, IntArray

TOLERANCE = 1e-6
"""How far a fractional answer may be beyond a limit before the limit counts as broken."""

GroupKey = tuple[int, int]
"""A group of any limit: the limit's place among the round's side limits, and the code."""


@dataclass(frozen=True)
class Entries:
    """What counts in which group: place (of a pair, or of a mentee), group number, size."""

    place: IntArray
    number: IntArray
    size: IntArray

    def where(self, chosen: BoolArray | IntArray) -> Entries:
        """The chosen ones, by mask or by index."""
        return Entries(self.place[chosen], self.number[chosen], self.size[chosen])


@dataclass(frozen=True)
class SideGroups:
    """Groups of limits, numbered, over the pairs held.

    `pairs` lists what each pair counts, `matched` what each mentee with a mentor counts;
    `mentees` is the mentee of every pair. `names` holds each group's rule and label, `keys`
    its limit and code. `loose` marks the groups that a linear programme can do without until
    they are broken, because there are too many of them.
    """

    names: tuple[tuple[str, str], ...]
    keys: tuple[GroupKey, ...]
    pairs: Entries
    matched: Entries
    mentees: IntArray
    least: IntArray
    most: IntArray
    loose: BoolArray

    def __len__(self) -> int:
        return len(self.names)

    @property
    def most_of_a_pair(self) -> int:
        """The largest sum of sizes, signs left out, that any pair counts in all groups."""
        sizes = np.bincount(self.pairs.place, weights=np.abs(self.pairs.size))
        return int(sizes.max(initial=0))

    @cached_property
    def counts_pairs(self) -> BoolArray:
        """Which groups do nothing but count pairs, each as 1, and hold them to a most."""
        plain: BoolArray = (self.least <= 0) & ~self.loose
        plain[self.pairs.number[self.pairs.size != 1]] = False
        plain[self.matched.number] = False
        return plain

    def sums(self, used: BoolArray) -> IntArray:
        """What a choice, given as a mask of all pairs, comes to in each group."""
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        met = np.zeros(int(self.mentees.max(initial=0)) + 1, dtype=np.bool_)
        met[self.mentees[used]] = True
        entries, matched = self.pairs, self.matched
        matched = matched.where(matched.place < len(met))
        return self._added(entries.where(used[entries.place])) + self._added(
            matched.where(met[matched.place])
        )

    def _added(self, entries: Entries) -> IntArray:
        sums: IntArray = np.bincount(entries.number, weights=entries.size, minlength=len(self))
        return sums.astype(np.int64)

    def broken(self, slacks: IntArray, used: BoolArray) -> IntArray:
        """The numbers of the groups whose limits a choice breaks.

        `slacks` says which groups earlier levels have settled at their most (no slack) or at
        their least.
        """
        sums = self.sums(used)
        least = np.where(slacks == EMPTY, self.most, self.least)
        most = np.where(slacks == FULL, self.least, self.most)
        return np.flatnonzero((sums < least) | (sums > most))

    def exceeded(self, shares: FloatArray) -> IntArray:
        """The numbers of the groups that a fractional answer, by pairs, takes beyond their most."""
        weights = self.pairs.size * shares[self.pairs.place]
        sums = np.bincount(self.pairs.number, weights=weights, minlength=len(self))
        return np.flatnonzero(sums > self.most + TOLERANCE)

    def cost_of_pairs(self, prices: IntArray, pairs: int) -> IntArray:
        """What the groups' prices come to for each of so many pairs."""
        cost = np.zeros(pairs, dtype=np.int64)
        np.add.at(cost, self.pairs.place, self.pairs.size * prices[self.pairs.number])
        return cost

    def cost_of_matches(self, prices: IntArray, mentees: int) -> IntArray:
        """What the groups' prices come to for each mentee's having a mentor."""
        cost = np.zeros(mentees, dtype=np.int64)
        np.add.at(cost, self.matched.place, self.matched.size * prices[self.matched.number])
        return cost

    def some(self, numbers: IntArray) -> SideGroups:
        """These groups alone, numbered anew in the order given."""
        new = np.full(len(self), -1, dtype=np.int64)
        new[numbers] = np.arange(len(numbers))

        def kept(entries: Entries) -> Entries:
            inside = entries.where(new[entries.number] >= 0)
            return replace(inside, number=new[inside.number])

        return SideGroups(
            names=tuple(self.names[number] for number in numbers.tolist()),
            keys=tuple(self.keys[number] for number in numbers.tolist()),
            pairs=kept(self.pairs),
            matched=kept(self.matched),
            mentees=self.mentees,
            least=self.least[numbers],
            most=self.most[numbers],
            loose=self.loose[numbers],
        )
