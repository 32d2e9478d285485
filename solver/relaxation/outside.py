"""The candidate pairs that the search does not hold, and the pricing that keeps them honest.

On a large round only a few tens of pairs for each person are held. Combined prices give every
other pair one reduced gain; where none is above 0, the answer is optimal over all pairs,
though most were never held.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt

import numpy as np

from solver.encoding import wished_pairs
from solver.relaxation.proof import Combined
from solver.rule import BoolArray, IntArray
from solver.scoring.candidates import CandidatePairs, KnownPairs, joined
from solver.scoring.columns import (
    ADDED_COLUMNS,
    START_COLUMNS,
    best_for_both,
    best_of_each,
    with_points,
)
from solver.scoring.screen import Screen
from solver.scoring.threshold import Threshold, reduced_at_least

MOST_ON_A_FACE = 500_000
"""A face of so many pairs is held whole; of a larger one pricing goes on finding what is needed."""


class Outside:
    """All candidate pairs of a round, of which the search holds some.

    `complete` is true once every pair that can still matter is held; without a screen it is
    from the start.
    """

    def __init__(self, screen: Screen | None) -> None:
        self._screen = screen
        self._tight: tuple[Combined, list[CandidatePairs]] | None = None
        self.complete = screen is None

    def violated(self, prices: Combined, held: CandidatePairs) -> CandidatePairs:
        """The pairs not held that gain most under the prices: a few of each person."""
        found, tight = list[CandidatePairs](), list[CandidatePairs]()
        least = 0 if any(level.gain_line()[0] for _, level in prices.terms) else 1
        for some, reduced in self._reduced(prices, held, least):
            above = np.flatnonzero(reduced > 0)
            # What is held may well gain: it must not stand in the way of what is not.
            gaining = some.where(above)
            ranking = with_points(reduced[above], gaining)
            found.append(gaining.where(best_for_both(gaining, ranking, ADDED_COLUMNS)))
            tight.append(some.where(reduced == 0))
        # Where nothing gains, the face of these prices has been seen on the way.
        seen = not least and not any(map(len, found))
        self._tight = (prices, tight) if seen else None
        return joined(*found)

    def face(
        self, prices: Combined, held: CandidatePairs, most: int | None = MOST_ON_A_FACE
    ) -> CandidatePairs:
        """The pairs not held that optimal prices leave free; none where they are more than `most`.

        Afterwards the search is complete, unless they were too many.
        """
        found, size = list[CandidatePairs](), 0
        for some in self._free(prices, held):
            found.append(some)
            size += len(some)
            if most is not None and size > most:
                return joined()
        self.complete, self._tight = True, None
        return joined(*found)

    def _free(self, prices: Combined, held: CandidatePairs) -> Iterator[CandidatePairs]:
        if self.complete:
            return
        if self._tight is not None and self._tight[0].same_as(prices):
            known = KnownPairs(held, len(prices.own.nodes))
            for some in self._tight[1]:
                yield some.where(known.lacks(some))
            return
        for some, _ in self._reduced(prices, held, 0):
            yield some

    def _reduced(
        self, prices: Combined, held: CandidatePairs, least: int
    ) -> Iterator[tuple[CandidatePairs, IntArray]]:
        """The pairs not held whose reduced gain is at least so much, with it."""
        if self._screen is None or self.complete:
            return
        problem, people = self._screen.problem, len(self._screen.problem.mentees)
        terms = [(size, level) for size, level in prices.terms if level.largest_pair_gain(1)]
        mentees, mentors = prices.own.nodes[:people], prices.own.nodes[people:]
        known = KnownPairs(held, people)
        wanted = reduced_at_least(least, terms, mentors, mentees)
        for block in self._screen.reaching(wanted):
            reduced = -mentees[block.mentees] - mentors[block.mentors]
            for size, level in terms:
                reduced += size * level.pair_gains(
                    problem, block.mentors, block.mentees, block.points
                )
            kept = np.flatnonzero(reduced >= least)
            kept = kept[known.lacks(block.where(kept))]
            yield block.where(kept), reduced[kept]


def first_held(screen: Screen, of_mentors: bool = True, most: int | None = None) -> CandidatePairs:
    """The pins, the pairs wished for, and the best few pairs of every person by points.

    Everybody who is in any candidate pair is in one of these, and their best pair is held;
    without those `of_mentors` that is so of the mentees alone.
    """
    problem, most = screen.problem, most or START_COLUMNS
    must = [rule.limit(problem) for rule in screen.rules.constraints]
    pins = [limit.groups for limit in must if limit.shape == "pair"]
    wished = wished_pairs(problem)
    pinned, best = joined(), joined()
    wanted = [_good_for_mentees(screen)] + ([_good_for_mentors(screen)] if of_mentors else [])
    for block in screen.reaching(*wanted):
        is_pin = wished(block.mentors, block.mentees) > 0
        for groups in pins:
            is_pin |= groups(block.mentors, block.mentees) >= 0
        pinned = joined(pinned, block.where(is_pin))
        some = joined(best, block)
        best = some.where(
            best_for_both(some, some.points, most)
            if of_mentors
            else best_of_each(some.mentees, some.points, most)
        )
    known = KnownPairs(pinned, len(problem.mentees))
    return joined(pinned, best.where(known.lacks(best)))


def _good_for_mentors(screen: Screen) -> Threshold:
    """What a mentor's best pair with a sample of the mentees is worth.

    One of so many is looked at, about as many as there will be better pairs for everybody: more
    would make the looking dear, fewer what is found.
    """
    mentors, mentees = len(screen.problem.mentors), len(screen.problem.mentees)
    good = np.zeros(mentors)
    for block in screen.blocks(mentees=_sample(mentees)):
        np.maximum.at(good, block.mentors, block.points)
    return Threshold(good, np.zeros(mentees))


def _good_for_mentees(screen: Screen) -> Threshold:
    """The same the other way round."""
    mentors, mentees = len(screen.problem.mentors), len(screen.problem.mentees)
    good = np.zeros(mentees)
    for block in screen.blocks(mentors=_sample(mentors)):
        np.maximum.at(good, block.mentees, block.points)
    return Threshold(np.zeros(mentors), good)


def _sample(people: int) -> BoolArray:
    chosen: BoolArray = np.arange(people) % max(1, isqrt(people) // 3) == 0
    return chosen
