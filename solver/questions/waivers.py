"""Rules whose waiver for one person gives them a partner: the fewest, and those that help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from models.domain.leftover import Remedy
from models.domain.problem import Problem
from models.domain.result import Role
from solver.questions.leftover_words import (
    floor_in_words,
    waiver_falls_short_in_words,
    waiver_in_words,
)
from solver.questions.refused import RefusedPairs, Refusing
from solver.questions.residual import FAR
from solver.questions.side import Side
from solver.questions.turnover import Turnover, as_remedy
from solver.rule import IntArray
from solver.rulebook import Rules


def smallest_waivers(
    refusing: Refusing, role: Role, places: Sequence[int]
) -> dict[int, tuple[tuple[str, ...], ...]]:
    """By position, the smallest sets of up to two rules without which somebody is eligible."""
    refused = refusing.among(role, places, (1, 2))
    own, _ = refused.of(role)
    found: dict[int, set[int]] = defaultdict(set)
    for place, by in np.unique(np.stack([own, refused.by]), axis=1).T.tolist():
        found[place].add(by)
    return {
        place: tuple(
            sorted(
                (refusing.rules_of(by) for by in sets if not any(_inside(o, by) for o in sets)),
                key=lambda names: (len(names), names),
            )
        )
        for place, sets in found.items()
    }


def _inside(one: int, other: int) -> bool:
    return one != other and one & other == one


class Waivers:
    """Remedies by leaving a rule out for one person, each exact.

    All new pairs meet at that person. Nobody is let in there but by the root, so the new optimum
    is the old one changed along the one cheapest way: from the root to the person, along a new
    pair, and from its other end to the root.
    """

    def __init__(self, side: Side, rules: Rules, refusing: Refusing, turnover: Turnover) -> None:
        self._side, self._rules = side, rules
        self._refusing, self._turnover = refusing, turnover
        self._problem: Problem = side.residual.problem

    def remedies(self, places: Sequence[int]) -> dict[int, list[Remedy]]:
        """By position: each rule whose waiver helps; of two together where none helps alone."""
        found = self._of(places, 1)
        return found | self._of([place for place in places if place not in found], 2)

    def nearest(self, places: Sequence[int]) -> dict[int, str]:
        """By position: the one rule whose waiver comes closest, where it does not help."""
        role = self._side.role
        refused = self._refusing.among(role, places, (1,))
        losses = self._losses(refused)
        possible = losses < FAR
        refused, losses = refused.where(possible), losses[possible]
        own, others = refused.of(role)
        order = np.lexsort((others, losses, own))
        first = order[np.append(True, own[order][1:] != own[order][:-1])[: len(order)]]
        return {
            int(own[which]): waiver_falls_short_in_words(
                self._refusing.rules_of(int(refused.by[which])),
                self._side.others[int(others[which])].reference,
                self._side.residual.weighed.by_level(int(losses[which])),
            )
            for which in first.tolist()
        }

    def _of(self, places: Sequence[int], number: int) -> dict[int, list[Remedy]]:
        refused = self._refusing.among(self._side.role, places, (number,))
        losses = self._losses(refused)
        refused, losses = refused.where(losses < 0), losses[losses < 0]
        own, _ = refused.of(self._side.role)
        found: dict[int, list[tuple[int, Remedy]]] = defaultdict(list)
        for which in self._best(refused, losses):
            remedy = self._told(refused, which)
            if remedy is not None:
                found[int(own[which])].append((int(losses[which]), remedy))
        return {
            place: [remedy for _, remedy in sorted(some, key=lambda one: (one[0], one[1].rules))]
            for place, some in found.items()
        }

    def _losses(self, refused: RefusedPairs) -> IntArray:
        """What the round would lose by each of these pairs; below 0 what it would gain."""
        side = self._side
        own, others = refused.of(side.role)
        begins, ends = side.one_more[own], self._onward(own, others + side.first_other)
        possible = (begins < FAR) & (ends < FAR)
        return np.where(possible, self._lengths(refused) + begins + ends, FAR)

    def _lengths(self, refused: RefusedPairs) -> IntArray:
        """The losses in the pairs by themselves."""
        side, weighed = self._side, self._side.residual.weighed
        own, others = refused.of(side.role)
        lengths = weighed.nodes[own + side.first_node] + weighed.nodes[others + side.first_other]
        lengths -= weighed.pair_gains(self._problem, refused.pairs)
        return lengths

    def _onward(self, own: IntArray, nodes: IntArray) -> IntArray:
        """The lengths of the ways from new partners to the root."""
        return self._side.onward.first.length[nodes]

    def _way(self, own: int, node: int) -> list[int]:
        """The pairs on such a way."""
        return self._side.onward.way(node)

    def _best(self, refused: RefusedPairs, losses: IntArray) -> Iterator[int]:
        """For each person and each set of rules the pair that helps most.

        Where only a floor refuses, that is the pair with most points: the floor has to be lowered
        no further.
        """
        own, others = refused.of(self._side.role)
        floored = (refused.by & ~np.int32(self._refusing.floor_bits)) == 0
        first = np.where(floored, -refused.pairs.points.astype(np.int64), losses)
        order = np.lexsort((others, losses, first, refused.by, own))
        keys = np.stack([own, refused.by])[:, order]
        new = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0))[: len(order)]
        yield from order[new].tolist()

    def _told(self, refused: RefusedPairs, which: int) -> Remedy | None:
        side, pairs = self._side, refused.pairs
        own, others = (int(some[which]) for some in refused.of(side.role))
        mentor = self._problem.mentors[pairs.mentors[which]]
        mentee = self._problem.mentees[pairs.mentees[which]]
        points = int(pairs.points[which])
        told = self._turnover.tell(
            self._way(own, others + side.first_other),
            side.forcing.limits_kept,
            ((mentor.reference, mentee.reference), points),
        )
        if told is None:
            return None
        by = int(refused.by[which])
        names, outcome = self._refusing.rules_of(by), told.outcome(side, own)
        floor = points if by & self._refusing.floor_bits else None
        if floor is not None and not by & ~self._refusing.floor_bits:
            because = floor_in_words(outcome, floor)
            return as_remedy("lower_floor", outcome, because, rules=names, floor=floor)
        facts = [
            rule.because(self._problem, mentor, mentee)
            for rule in self._rules.eligibility
            if rule.name in names
        ]
        because = waiver_in_words(outcome, names, facts)
        return as_remedy("waive", outcome, because, rules=names, floor=floor)
