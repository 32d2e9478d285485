"""One sum for all levels, and prices under which a stored answer is its optimum.

A certificate holds prices for each level by itself: under them the answer in hand leaves no
gap at that level, given the levels before. Any sum of such prices with factors of at least 0
proves the answer optimal for the same sum of the levels. So there are prices for a sum in
which every level outweighs all that the later ones can ever come to, and one shortest path
under them is exact at every level at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.certificate import LevelCertificate, Prices
from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.levels import LEVELS, TIE_RULE, Level
from solver.relaxation.network import Network
from solver.rule import FULL_VALUE, IntArray
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs

LARGEST = 1 << 61
"""Sums and paths stay below this; beyond it 64 bits would not do."""


class NotANetworkError(Exception):
    """The certificate's prices alone do not prove the answer, or the sums would not fit."""


@dataclass(frozen=True)
class Weighed:
    """The levels before the tie rule, the weight of each, and the price of every node."""

    levels: tuple[Level, ...]
    weights: tuple[int, ...]
    nodes: IntArray

    def pair_gains(self, problem: Problem, pairs: CandidatePairs) -> IntArray:
        """What each pair by itself adds to the weighed sum."""
        gains = np.zeros(len(pairs), dtype=np.int64)
        for weight, level in zip(self.weights, self.levels, strict=True):
            gains += weight * level.pair_gains(problem, pairs.mentors, pairs.mentees, pairs.points)
        return gains

    def mentor_gain(self, rules: Rules, mentor: Participant, nth: int) -> int:
        """What a mentor's n-th mentee adds to it, beside the pair's own gain."""
        return sum(
            weight * level.mentor_gain(rules, mentor, nth)
            for weight, level in zip(self.weights, self.levels, strict=True)
        )

    def mentee_gain(self, mentee: Participant, nth: int) -> int:
        """What a mentee's n-th mentor adds to it, beside the pair's own gain."""
        return sum(
            weight * level.mentee_gain(mentee, nth)
            for weight, level in zip(self.weights, self.levels, strict=True)
        )

    def by_level(self, loss: int) -> dict[str, int]:
        """A loss of the weighed sum as losses of the levels: each outweighs all later ones."""
        losses = {}
        for level, weight in zip(self.levels, self.weights, strict=True):
            whole = (loss + weight // 2) // weight
            losses[level.name], loss = whole, loss - whole * weight
        return losses

    def all_by_level(self, losses: IntArray) -> list[dict[str, int]]:
        """The same for many losses at once."""
        columns: list[list[int]] = []
        for weight in self.weights:
            whole = (losses + weight // 2) // weight
            columns.append(whole.tolist())
            losses = losses - whole * weight
        names = [level.name for level in self.levels]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def weigh(
    problem: Problem, rules: Rules, network: Network, certificate: Sequence[LevelCertificate]
) -> Weighed:
    """Weights for all levels but the tie rule, with the prices that prove the answer under them.

    Raises `NotANetworkError` where some level's prices leave a gap or price a further limit.
    """
    shown = [level for level in certificate if level.name != TIE_RULE]
    if any(level.value != level.bound or level.prices.limits for level in shown) or not shown:
        raise NotANetworkError
    names = [level.name for level in shown]
    weights = dict.fromkeys(names, 0)
    nodes = np.zeros(network.nodes, dtype=np.int64)
    outweighed = 0
    for certified in reversed(shown):
        level, prices = LEVELS[certified.name], certified.prices
        needed = outweighed + 1 if outweighed else 1
        factor = max(0, -(-(needed - weights[level.name]) // prices.scale))
        _refuse_overflow(factor, prices)
        nodes += factor * _along(problem, prices)
        weights[level.name] += factor * prices.scale
        for name, size in prices.earlier.items():
            weights[name] += factor * size
        outweighed += 2 * weights[level.name] * _span(problem, rules, network, level)
    # A path's length is the change of the sum, which is no more than everything weighs.
    if outweighed + int(np.abs(nodes).max(initial=0)) * 4 > LARGEST:
        raise NotANetworkError
    return Weighed(
        levels=tuple(LEVELS[name] for name in names),
        weights=tuple(weights[name] for name in names),
        nodes=nodes,
    )


def _refuse_overflow(factor: int, prices: Prices) -> None:
    sizes = [abs(price) for price in (*prices.mentees.values(), *prices.mentors.values())]
    if factor * max((*sizes, *prices.earlier.values(), prices.scale)) > LARGEST // 8:
        raise NotANetworkError


def _along(problem: Problem, prices: Prices) -> IntArray:
    mentees = [prices.mentees.get(person.reference, 0) for person in problem.mentees]
    mentors = [prices.mentors.get(person.reference, 0) for person in problem.mentors]
    return np.array([*mentees, *mentors], dtype=np.int64)


def _span(problem: Problem, rules: Rules, network: Network, level: Level) -> int:
    """No two answers differ by more than this at a level."""
    most = network.most_partners
    pairs = min(int(most.mentees.sum()), int(most.mentors.sum()))
    largest = level.largest_pair_gain(FULL_VALUE * sum(rule.weight for rule in rules.objectives))
    segments = network.segments
    return pairs * largest + int(segments.capacity @ np.abs(segments.gains[level.name]))
