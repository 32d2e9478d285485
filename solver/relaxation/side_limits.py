"""The limits that are no part of the network, as far as they can bind at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from models.domain.problem import Problem
from solver.relaxation.face import EMPTY, FULL
from solver.rule import BoolArray, FloatArray, IntArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs, joined
from solver.scoring.screen import Screen

TOLERANCE = 1e-6
"""How far a fractional answer may be beyond a limit before the limit counts as broken."""


@dataclass(frozen=True)
class SideGroups:
    """Groups of limits, numbered: how many of the candidate pairs of each may stand.

    `places` lists the pairs of all groups one group after the other, as positions among all
    candidate pairs; `number` is the group of each. `names` holds each group's rule and label.
    """

    names: tuple[tuple[str, str], ...]
    places: IntArray
    number: IntArray
    least: IntArray
    most: IntArray

    def __len__(self) -> int:
        return len(self.names)

    @property
    def most_of_a_pair(self) -> int:
        """The largest number of groups that any pair is in."""
        return int(np.bincount(self.places).max(initial=0)) if len(self.places) else 0

    def counts(self, used: BoolArray) -> IntArray:
        """How many pairs of each group a choice uses, given as a mask of all pairs."""
        return np.bincount(self.number[used[self.places]], minlength=len(self))

    def broken(self, slacks: IntArray, used: BoolArray) -> IntArray:
        """The numbers of the groups whose limits a choice breaks.

        `slacks` says which groups earlier levels have settled at their most (no slack) or at
        their least.
        """
        counts = self.counts(used)
        least = np.where(slacks == EMPTY, self.most, self.least)
        most = np.where(slacks == FULL, self.least, self.most)
        return np.flatnonzero((counts < least) | (counts > most))

    def exceeded(self, shares: FloatArray) -> IntArray:
        """The numbers of the groups whose limits a fractional answer breaks."""
        sums = np.bincount(self.number, weights=shares[self.places], minlength=len(self))
        return np.flatnonzero((sums > self.most + TOLERANCE) | (sums < self.least - TOLERANCE))

    def cost_of_pairs(self, prices: IntArray, pairs: int) -> IntArray:
        """What the groups' prices come to for each of so many pairs."""
        cost = np.zeros(pairs, dtype=np.int64)
        np.add.at(cost, self.places, prices[self.number])
        return cost

    def some(self, numbers: IntArray) -> SideGroups:
        """These groups alone, numbered anew in the order given."""
        new = np.full(len(self), -1, dtype=np.int64)
        new[numbers] = np.arange(len(numbers))
        inside = new[self.number] >= 0
        return SideGroups(
            names=tuple(self.names[number] for number in numbers.tolist()),
            places=self.places[inside],
            number=new[self.number[inside]],
            least=self.least[numbers],
            most=self.most[numbers],
        )


def side_groups(problem: Problem, rules: Rules, pairs: CandidatePairs) -> SideGroups:
    """The groups that some choice of candidate pairs would break; the others are left out."""
    limits = (rule.limit(problem) for rule in rules.constraints)
    return _joined(_binding(limit, pairs) for limit in limits if limit.shape == "group")


def may_bind(problem: Problem, rules: Rules, screen: Screen) -> bool:
    """Whether some choice of candidate pairs breaks a group, looking only at pairs in groups."""
    limited = list[CandidatePairs]()
    for limit in (rule.limit(problem) for rule in rules.constraints):
        if limit.shape != "group":
            continue
        for block in screen.blocks(*(limit.members or (None, None))):
            limited.append(block.where(limit.groups(block.mentors, block.mentees) >= 0))
    # A pair that several limits name comes several times, which only makes it bind sooner.
    return bool(len(side_groups(problem, rules, joined(*limited))))


def _binding(limit: KeyedLimit, pairs: CandidatePairs) -> SideGroups:
    codes = limit.groups(pairs.mentors, pairs.mentees)
    listed = np.flatnonzero(codes >= 0)
    listed = listed[np.argsort(codes[listed], kind="stable")]
    groups, number, sizes = np.unique(codes[listed], return_inverse=True, return_counts=True)
    least, most = limit.bounds(groups)
    everything = SideGroups(
        names=((limit.rule, ""),) * len(groups),
        places=listed,
        number=number,
        least=least.astype(np.int64),
        most=most.astype(np.int64),
    )
    binding = np.flatnonzero((sizes > most) | (least > 0))
    labels = tuple((limit.rule, limit.label(int(code))) for code in groups[binding])
    some = everything.some(binding)
    return SideGroups(labels, some.places, some.number, some.least, some.most)


def _joined(parts: Iterable[SideGroups]) -> SideGroups:
    none = np.zeros(0, dtype=np.int64)
    whole = SideGroups((), none, none, none, none)
    for part in parts:
        whole = SideGroups(
            names=whole.names + part.names,
            places=np.concatenate([whole.places, part.places]),
            number=np.concatenate([whole.number, part.number + len(whole)]),
            least=np.concatenate([whole.least, part.least]),
            most=np.concatenate([whole.most, part.most]),
        )
    return whole
