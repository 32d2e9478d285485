"""Which groups of which limits can bind among some pairs, and what counts in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.domain.problem import Problem
from solver.relaxation.network import MostPartners
from solver.relaxation.side_limits import Entries, GroupKey, SideGroups
from solver.rule import BoolArray, IntArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, joined
from solver.scoring.screen import Screen


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

    Known groups come first, in their order, as far as any pair counts in them; all others are
    left out of the search.
    With `most`, choices that give anybody more partners than that are no choices.
    """
    parts = [_over(limit, pairs, most) for limit in limits]
    whole = _numbered(limits, parts, pairs)
    place = {key: number for number, key in enumerate(whole.keys)}
    first = [place[key] for key in known if key in place]
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
