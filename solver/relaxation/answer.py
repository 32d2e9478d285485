"""What a relaxation or a search has in hand at any moment: pairs, and how each level stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.network import Network
from solver.rule import IntArray
from solver.scoring.scoreboard import CandidatePairs


@dataclass(frozen=True)
class LevelStand:
    """A level's bound and its prices; `solved` once nothing better can come.

    Once solved, the bound is the level's value: `engine` names what closed the gap where the
    prices alone leave one. `attempted` is false of a level that the search never sets out to
    solve: the tie rule of a large round with further limits.
    """

    name: str
    prices: Prices
    bound: int
    solved: bool = False
    engine: str | None = None
    attempted: bool = True

    @property
    def is_open(self) -> bool:
        """Whether the search set out to solve the level and did not."""
        return self.attempted and not self.solved


@dataclass(frozen=True)
class Answer:
    """A feasible answer and the stand of every level, first things first."""

    pairs: CandidatePairs
    levels: tuple[LevelStand, ...]

    def with_level(self, stand: LevelStand, pairs: CandidatePairs) -> Answer:
        """The answer after one more level is solved."""
        levels = tuple(stand if level.name == stand.name else level for level in self.levels)
        return Answer(pairs, levels)


def opening_stands(
    problem: Problem, network: Network, pairs: CandidatePairs, levels: Sequence[Level]
) -> tuple[LevelStand, ...]:
    """A stand for every level before anything is solved: simple prices, but a true bound.

    A mentee's price is the largest gain among their pairs; somebody without any pair is
    priced at what their places would gain, so that they count for nothing.
    """
    return tuple(_opening_stand(problem, network, pairs, level) for level in levels)


def _opening_stand(
    problem: Problem, network: Network, pairs: CandidatePairs, level: Level
) -> LevelStand:
    if level.most_pair_gain is None:
        gains = level.pair_gains(problem, pairs.mentors, pairs.mentees, pairs.points)
    else:
        gains = np.full(len(pairs), level.most_pair_gain, dtype=np.int64)
    best = np.full(network.mentees, -1, dtype=np.int64)
    np.maximum.at(best, pairs.mentees, gains)
    met = np.zeros(network.mentors, dtype=np.bool_)
    met[pairs.mentors] = True
    segments = network.segments
    first = np.zeros(network.nodes, dtype=np.int64)
    np.maximum.at(first, segments.node, segments.gains[level.name])
    mentees = np.where(best < 0, -first[: network.mentees], best)
    mentors = np.where(met, 0, -first[network.mentees :])
    prices = np.concatenate([mentees, mentors])
    # No pair gains anything beyond its mentee's price, so only the places count.
    reduced = segments.gains[level.name] + prices[segments.node]
    bound = int(segments.capacity @ np.maximum(reduced, 0))
    return LevelStand(level.name, named_prices(problem, prices), bound)


def named_prices(problem: Problem, prices: IntArray) -> Prices:
    """Prices of nodes, mentees first, by reference; what is 0 is left out."""
    people = [*problem.mentees, *problem.mentors]
    named = [(p.reference, price) for p, price in zip(people, prices.tolist(), strict=True)]
    return Prices(
        mentees={reference: price for reference, price in named[: len(problem.mentees)] if price},
        mentors={reference: price for reference, price in named[len(problem.mentees) :] if price},
    )
