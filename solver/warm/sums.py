"""The levels of a round as one sum, and the prices of a proved answer as prices of that sum.

A certificate's prices of a level hold those of the level before it, multiplied. Taken apart, the
levels' own prices say of every arc of the network, level by level, that it could not be used
better: the first level at which it is worth anything at all says so. All levels but the tie rule
go into one whole number of 64 bits, each outweighing whatever the later ones can come to; draws
of the tie rule are dear, and stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.certificate import LevelCertificate, Prices
from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.levels import LEVELS, TIE_RULE, Level
from solver.relaxation.network import Network
from solver.rule import FULL_VALUE, IntArray
from solver.rulebook import Rules

LARGEST = 1 << 61
"""Sums stay below this; beyond it 64 bits would not do."""


class NoSumError(Exception):
    """The certificate's prices alone do not prove the answer, or the sums would not fit."""


@dataclass(frozen=True)
class Sums:
    """The levels before the tie rule, each with its weight in the sum."""

    levels: tuple[Level, ...]
    weights: tuple[int, ...]

    @classmethod
    def of(cls, problem: Problem, rules: Rules, network: Network) -> Sums:
        """Weights with which each level outweighs all that later ones can differ by."""
        *names, last = problem.policy.levels
        if last != TIE_RULE:
            raise NoSumError
        levels = tuple(LEVELS[name] for name in names)
        weights, outweighed = list[int](), 0
        for level in reversed(levels):
            weights.insert(0, 2 * outweighed + 1)
            outweighed += 2 * weights[0] * _span(rules, network, level)
        if outweighed > LARGEST // 4:
            raise NoSumError
        return cls(levels, tuple(weights))

    def together(self, parts: Sequence[IntArray]) -> IntArray:
        """The sum of what the levels come to, each by itself."""
        total = np.zeros(np.shape(parts[0]), dtype=np.int64)
        for weight, part in zip(self.weights, parts, strict=True):
            total += weight * part
        return total

    def apart(self, total: IntArray) -> list[IntArray]:
        """What each level comes to, from the sum."""
        parts = []
        for weight in self.weights:
            part = (total + weight // 2) // weight
            parts.append(part)
            total = total - part * weight
        return parts


def own_prices(certificate: Sequence[LevelCertificate]) -> list[Prices]:
    """Each level's own prices, by reference. Raises `NoSumError` where they prove too little."""
    found, before = list[Prices](), None
    for level in certificate:
        prices = level.prices
        if level.value != level.bound or prices.limits or prices.scale != 1 or level.falls_short:
            raise NoSumError
        factor = prices.earlier.get(before.name, 0) if before else 0
        earlier = before.prices if before else Prices()
        found.append(
            Prices(
                mentors=_less(prices.mentors, earlier.mentors, factor),
                mentees=_less(prices.mentees, earlier.mentees, factor),
            )
        )
        before = level
    return found


def along(
    prices: Prices, mentees: Sequence[Participant], mentors: Sequence[Participant]
) -> IntArray:
    """Prices by node, the mentees' first; of somebody who has none it is 0."""
    of_mentee, of_mentor = prices.mentees.get, prices.mentors.get
    found = [of_mentee(person.reference, 0) for person in mentees]
    found += [of_mentor(person.reference, 0) for person in mentors]
    return np.array(found, dtype=np.int64)


def _less(prices: Mapping[str, int], earlier: Mapping[str, int], factor: int) -> dict[str, int]:
    return {
        reference: prices.get(reference, 0) - factor * earlier.get(reference, 0)
        for reference in {**prices, **earlier}
    }


def _span(rules: Rules, network: Network, level: Level) -> int:
    """No two answers differ by more than this at a level, nor do prices that prove one."""
    most = network.most_partners
    pairs = 1 + min(int(most.mentees.sum()), int(most.mentors.sum()))
    largest = level.largest_pair_gain(FULL_VALUE * sum(rule.weight for rule in rules.objectives))
    segments = network.segments
    return pairs * largest + int(segments.capacity @ np.abs(segments.gains[level.name]))
