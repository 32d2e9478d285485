"""The limits that are no part of the network, as far as they can bind among the pairs held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from models.domain.problem import Problem
from solver.relaxation.face import EMPTY, FULL
from solver.relaxation.network import MostPartners
from solver.rule import BoolArray, FloatArray, IntArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs, joined
from solver.scoring.screen import Screen

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


def side_limits(problem: Problem, rules: Rules) -> list[KeyedLimit]:
    """The round's limits that are no part of the network, in the order of their rules."""
    limits = (rule.limit(problem) for rule in rules.constraints)
    return [limit for limit in limits if limit.shape == "group"]


def may_bind(limits: Sequence[KeyedLimit], screen: Screen) -> bool:
    """Whether some choice of candidate pairs breaks a group, looking only at pairs in groups."""
    limited = list[CandidatePairs]()
    for limit in limits:
        for block in screen.blocks(*(limit.people or (None, None))):
            inside = np.zeros(len(block), dtype=np.bool_)
            for member in limit.members:
                inside |= member.groups(block.mentors, block.mentees) >= 0
            limited.append(block.where(inside))
    # A pair that several limits name comes several times, which only makes it bind sooner.
    return bool(len(side_groups(limits, joined(*limited))))


def side_groups(
    limits: Sequence[KeyedLimit],
    pairs: CandidatePairs,
    known: Sequence[GroupKey] = (),
    most: MostPartners | None = None,
) -> SideGroups:
    """The groups that some choice of these pairs would break, and those that are `known`.

    Known groups come first and keep their numbers; the others are left out of the search.
    With `most`, choices that give anybody more partners than that are no choices.
    """
    parts = [_over(limit, pairs, most) for limit in limits]
    whole = _numbered(limits, parts, pairs)
    place = {key: number for number, key in enumerate(whole.keys)}
    first = [place[key] for key in known]
    highest = np.concatenate([np.zeros(0, dtype=np.int64), *(part.highest for part in parts)])
    binding = _can_be_broken(whole, highest)
    binding[first] = False
    numbers = np.concatenate([np.array(first, dtype=np.int64), np.flatnonzero(binding)])
    some = whole.some(numbers)
    labels = [(limits[which].rule, limits[which].label(code)) for which, code in some.keys]
    return replace(some, names=tuple(labels))


@dataclass(frozen=True)
class _Part:
    """One limit over the pairs: its codes, and what counts in which, numbered along them.

    `highest` is what the sum of each group can come to at most; an upper estimate.
    """

    codes: IntArray
    highest: IntArray
    pairs: Entries
    matched: Entries


def _over(limit: KeyedLimit, pairs: CandidatePairs, most: MostPartners | None) -> _Part:
    places, codes, sizes = [], [], []
    for member in limit.members:
        groups = member.groups(pairs.mentors, pairs.mentees)
        listed = np.flatnonzero(groups >= 0)
        places.append(listed)
        codes.append(groups[listed].astype(np.int64))
        size = np.ones(len(listed), dtype=np.int64)
        if member.sizes is not None:
            size = member.sizes(pairs.mentors[listed], pairs.mentees[listed]).astype(np.int64)
        sizes.append(size)
    mentees = np.zeros(0, dtype=np.int64)
    if limit.matched is not None:
        mentees = np.flatnonzero(limit.matched >= 0)
        codes.append(limit.matched[mentees].astype(np.int64))
    codes.append(np.array(limit.needed, dtype=np.int64))
    every, number = np.unique(np.concatenate(codes), return_inverse=True)
    listed_pairs = sum(map(len, places))
    none = np.zeros(0, dtype=np.int64)
    entries = Entries(
        np.concatenate([none, *places]),
        number[:listed_pairs],
        np.concatenate([none, *sizes]),
    )
    highest = np.bincount(number[listed_pairs:], minlength=len(every)).astype(np.int64)
    for part in np.split(np.arange(listed_pairs), np.cumsum([len(some) for some in places])[:-1]):
        highest += _highest(entries.where(part), pairs, most, len(every))
    if limit.mentor_of is not None:
        entries = _with_mentors(entries, limit.mentor_of(every), pairs)
    matched = Entries(
        mentees, number[listed_pairs : listed_pairs + len(mentees)], np.ones_like(mentees)
    )
    return _Part(every, highest, entries, matched)


def _highest(
    entries: Entries, pairs: CandidatePairs, most: MostPartners | None, groups: int
) -> IntArray:
    """What one membership can come to in each group: the lower of what either side allows."""
    up = np.maximum(entries.size, 0)
    every: IntArray = np.bincount(entries.number, weights=up, minlength=groups).astype(np.int64)
    if most is None:
        return every
    for people, partners in ((pairs.mentors, most.mentors), (pairs.mentees, most.mentees)):
        person = people[entries.place].astype(np.int64)
        codes, place, count = np.unique(
            entries.number * len(partners) + person, return_inverse=True, return_counts=True
        )
        largest = np.zeros(len(codes), dtype=np.int64)
        np.maximum.at(largest, place, up)
        number, person = np.divmod(codes, max(1, len(partners)))
        allowed = largest * np.minimum(count, partners[person])
        sums = np.bincount(number, weights=allowed, minlength=groups).astype(np.int64)
        every = np.minimum(every, sums)
    return every


def _with_mentors(entries: Entries, mentors: IntArray, pairs: CandidatePairs) -> Entries:
    """The entries, and one less for every pair of each group's mentor."""
    order = np.argsort(pairs.mentors, kind="stable")
    first = np.searchsorted(pairs.mentors[order], mentors, side="left")
    count = np.searchsorted(pairs.mentors[order], mentors, side="right") - first
    number = np.repeat(np.arange(len(mentors)), count)
    within = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    place = order[np.repeat(first, count) + within]
    less = np.full(len(place), -1, dtype=np.int64)
    return _merged(
        Entries(
            np.concatenate([entries.place, place]),
            np.concatenate([entries.number, number]),
            np.concatenate([entries.size, less]),
        )
    )


def _merged(entries: Entries) -> Entries:
    """One entry for each pair and group."""
    order = np.lexsort((entries.place, entries.number))
    place, number = entries.place[order], entries.number[order]
    new = np.append(True, (place[1:] != place[:-1]) | (number[1:] != number[:-1]))[: len(place)]
    starts = np.flatnonzero(new)
    sizes = np.add.reduceat(entries.size[order], starts) if len(starts) else entries.size
    return Entries(place[starts], number[starts], sizes)


def _numbered(
    limits: Sequence[KeyedLimit], parts: Sequence[_Part], pairs: CandidatePairs
) -> SideGroups:
    """All groups of all limits, still without labels."""
    starts = np.cumsum([0, *(len(part.codes) for part in parts)])
    none = np.zeros(0, dtype=np.int64)
    bounds = [limit.bounds(part.codes) for limit, part in zip(limits, parts, strict=True)]
    keys = tuple((which, code) for which, part in enumerate(parts) for code in part.codes.tolist())

    def joined(all_entries: list[Entries]) -> Entries:
        numbers = [e.number + start for e, start in zip(all_entries, starts, strict=False)]
        return Entries(
            np.concatenate([none, *(e.place for e in all_entries)]),
            np.concatenate([none, *numbers]),
            np.concatenate([none, *(e.size for e in all_entries)]),
        )

    return SideGroups(
        names=(("", ""),) * len(keys),
        keys=keys,
        pairs=joined([part.pairs for part in parts]),
        matched=joined([part.matched for part in parts]),
        mentees=pairs.mentees,
        least=np.concatenate([none, *(least for least, _ in bounds)]).astype(np.int64),
        most=np.concatenate([none, *(most for _, most in bounds)]).astype(np.int64),
        loose=np.repeat(
            np.array([limit.mentor_of is not None for limit in limits], dtype=np.bool_),
            np.diff(starts),
        ),
    )


def _can_be_broken(groups: SideGroups, highest: IntArray) -> BoolArray:
    """Whether some choice of pairs takes each group beyond its most or leaves it below its least.

    `highest` is what the groups' sums can come to; the lowest is estimated from the sizes.
    """
    down = np.minimum(groups.pairs.size, 0)
    lowest = np.bincount(groups.pairs.number, weights=down, minlength=len(groups))
    broken: BoolArray = (highest > groups.most) | (lowest < groups.least)
    return broken
