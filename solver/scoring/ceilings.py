"""Upper bounds of the points of all pairs at once: a product of two tables of the rules.

The product is worked out in single precision, and what that may have cost is added as a
margin, so that no pair can be missed. Memory is bounded by the blocks in hand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from models.domain.problem import Problem
from solver.rule import FULL_VALUE, BoolArray, Factor, IntArray
from solver.rulebook import Rules
from solver.scoring.threshold import Side, Threshold, merged

ROWS, COLUMNS = 256, 2048
"""The mentees and the mentors of one product: it should fit into a processor's cache."""

PRODUCTS_AT_ONCE = 2
"""So many products are one piece of work: its pairs are listed together."""

THREADS = 2
"""The search and its parent seldom both multiply, so either may use the other's core."""

ROUNDING = float(np.finfo(np.float32).eps)

Places = tuple[IntArray, IntArray]
"""Mentor and mentee positions of pairs, side by side."""


class Ceilings:
    """The rules' ceilings over the blocks of a round, which list mentors and mentees.

    `listed` are pairs whose points may lie above their ceiling.
    """

    def __init__(self, problem: Problem, rules: Rules, blocks: Sequence[Places]) -> None:
        self._blocks = blocks
        self._lift = 0
        self._most = 0.0
        self.listed: list[Places] = []
        givers = [np.zeros((len(problem.mentors), 0), dtype=np.float32)]
        takers = [np.zeros((len(problem.mentees), 0), dtype=np.float32)]
        for rule in rules.objectives:
            ceiling = rule.ceiling(problem)
            if ceiling is None:
                self._lift += rule.weight * FULL_VALUE
                continue
            givers.append(ceiling.mentors)
            takers.append(ceiling.mentees * np.float32(rule.weight))
            self._most += _largest(givers[-1], takers[-1])
            self.listed += [ceiling.listed] if ceiling.listed else []
        self._mentors, self._mentees = np.hstack(givers), np.hstack(takers)

    def reaching(self, thresholds: Sequence[Threshold]) -> Iterator[Places]:
        """The pairs of the blocks whose ceiling reaches one of the thresholds, in a fixed order."""
        ready = [self._ready(threshold) for threshold in merged(thresholds)]
        waiting: deque[Future[Places]] = deque()
        with ThreadPoolExecutor(THREADS) as threads:
            for part in self._parts():
                waiting.append(threads.submit(_hits, ready, self._most, *part))
                if len(waiting) > THREADS:
                    yield waiting.popleft().result()
            for found in waiting:
                yield found.result()

    def _ready(self, threshold: Threshold) -> Threshold:
        """The threshold for ceilings in single precision: lower by all that is rounded."""
        if not threshold.counts_points:
            return threshold
        size = self._most + self._lift
        for side in (threshold.mentors, threshold.mentees):
            size += float(np.abs(side).max(initial=0))
        # A sum of n products, in whichever order, is off by less than n roundings of its size.
        margin = (self._mentors.shape[1] + 8) * ROUNDING * size
        mentors, mentees = threshold.mentors, threshold.mentees
        # A side that asks for nothing stays so, and is left out of the comparison.
        if mentors.any():
            mentors = mentors - self._lift - margin
        else:
            mentees = mentees - self._lift - margin
        return Threshold(mentors.astype(np.float32), mentees.astype(np.float32))

    def _parts(self) -> Iterator[tuple[IntArray, IntArray, Factor, Factor]]:
        """Some mentors and some mentees of a block, and the factors of both."""
        for mentors, mentees in self._blocks:
            used = np.flatnonzero(self._mentees[mentees].any(axis=0))
            givers = np.ascontiguousarray(self._mentors[np.ix_(mentors, used)])
            width = PRODUCTS_AT_ONCE * COLUMNS
            for row in range(0, len(mentees), ROWS):
                some = mentees[row : row + ROWS]
                takers = np.ascontiguousarray(self._mentees[np.ix_(some, used)])
                for column in range(0, len(mentors), width):
                    few = slice(column, column + width)
                    yield mentors[few], some, givers[few], takers


def _hits(
    thresholds: Sequence[Threshold],
    most: float,
    mentors: IntArray,
    mentees: IntArray,
    givers: Factor,
    takers: Factor,
) -> Places:
    """The pairs that reach a threshold; no ceiling is above `most`."""
    room = np.empty((2, len(mentees) * min(COLUMNS, len(mentors))), dtype=np.float32)
    found: list[Places] = []
    for start in range(0, len(mentors), COLUMNS):
        some = mentors[start : start + COLUMNS]
        product, lowered = (
            half[: len(mentees) * len(some)].reshape(len(mentees), len(some)) for half in room
        )
        hits: BoolArray | None = None
        multiplied = False
        for threshold in thresholds:
            asked, also = threshold.mentors[some], threshold.mentees[mentees]
            if asked.min() + also.min() > (most if threshold.counts_points else 0):
                continue
            if threshold.counts_points and not multiplied:
                np.matmul(takers, givers[start : start + COLUMNS].T, out=product)
                multiplied = True
            reached = (
                _with_ceiling(product, asked, also, lowered)
                if threshold.counts_points
                else _without_points(asked, also)
            )
            hits = reached if hits is None else np.logical_or(hits, reached, out=hits)
        if hits is not None:
            rows, columns = np.divmod(np.flatnonzero(hits).astype(np.int32), np.int32(len(some)))
            found.append((some[columns], mentees[rows]))
    return joined_places(found)


def _with_ceiling(product: Factor, asked: Side, also: Side, room: Factor) -> BoolArray:
    """Where a ceiling reaches what is asked of the mentor and, row by row, of the mentee."""
    if not also.any():
        return product >= asked
    if not asked.any():
        return product >= also[:, None]
    return np.subtract(product, also[:, None], out=room) >= asked


def _without_points(asked: Side, also: Side) -> BoolArray:
    """Where what is asked of both comes to nothing; of most mentees too much is."""
    reached = np.zeros((len(also), len(asked)), dtype=np.bool_)
    few = np.flatnonzero(also + asked.min() <= 0)
    reached[few] = asked + also[few, None] <= 0
    return reached


def joined_places(parts: Iterable[Places]) -> Places:
    """Several lists of pairs, one after the other."""
    none = np.zeros(0, dtype=np.int32)
    mentors, mentees = zip((none, none), *parts, strict=True)
    return np.concatenate(mentors), np.concatenate(mentees)


def _largest(mentors: Factor, mentees: Factor) -> float:
    """No product of a row of each is larger, nor is the sum of its terms."""
    return float(mentors.max(initial=0)) * float(mentees.sum(axis=1).max(initial=0))
