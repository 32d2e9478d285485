"""The candidate pairs whose points reach a threshold, found without scoring the others.

On a large round most pairs are far from mattering. The rules' ceilings are factors of a
matrix product, so one product bounds the points of a whole block from above; only the pairs
whose ceiling reaches the threshold are put to the rules. The product is worked out in single
precision, and what that may have cost is added as a margin, so that no pair can be missed.
Memory is bounded by the block and by what is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.problem import Problem
from solver.encoding import pin_positions
from solver.levels import Level
from solver.rule import FULL_VALUE, BoolArray, Factor, FloatArray, IntArray
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, Known, Scorer
from solver.scoring.scoreboard import candidate_blocks, class_blocks

Numbers = FloatArray | IntArray | Factor

ROWS, COLUMNS = 256, 2048
"""The mentees and the mentors of one product: it should fit into a processor's cache."""

FOUND_IN_A_BLOCK = 500_000
"""About so many pairs are put to the rules at a time."""

CELLS_COUNTED = 500_000
"""About so many pairs are counted at a time."""

ROUNDING = float(np.finfo(np.float32).eps)


@dataclass(frozen=True)
class Threshold:
    """Asks for the pairs whose points reach `mentors[m] + mentees[e]`.

    Where points do not count, 0 stands in their place, and both columns hold whole numbers.
    """

    mentors: Numbers
    mentees: Numbers
    counts_points: bool = True


def reduced_at_least(
    least: int,
    terms: Sequence[tuple[int, Level]],
    mentor_prices: IntArray,
    mentee_prices: IntArray,
    spare: int = 0,
) -> Threshold:
    """The pairs whose reduced gain may be at least so much, and others besides.

    The reduced gain is the sum of factor times gain over the terms, less both prices. `spare`
    is the most that anything else, such as the prices of groups, may add to it.
    """
    slope = height = 0
    for factor, level in terms:
        a, b = level.gain_line()
        slope, height = slope + factor * a, height + factor * b
    mentors = mentor_prices + np.int64(least - height - spare)
    if not slope:
        return Threshold(mentors, mentee_prices, counts_points=False)
    return Threshold(mentors / slope, mentee_prices / slope)


class Screen:
    """The people of a round with the ceilings of its rules.

    Pairs that a ceiling lists, and pins, are scored once and always among what is found.
    """

    def __init__(self, problem: Problem, rules: Rules) -> None:
        self.problem = problem
        self.rules = rules
        self.scorer = Scorer(problem, rules)
        self._blocks = list(class_blocks(problem, rules))
        self._lift = 0
        self._most = 0.0
        factors, listed = [], [pin_positions(problem)]
        for rule in rules.objectives:
            ceiling = rule.ceiling(problem)
            if ceiling is None:
                self._lift += rule.weight * FULL_VALUE
                continue
            mentors, mentees = ceiling.mentors, ceiling.mentees * np.float32(rule.weight)
            self._most += _largest(mentors, mentees)
            factors.append((mentors, mentees))
            listed += [ceiling.listed] if ceiling.listed else []
        none = np.zeros((len(problem.mentors), 0), np.float32)
        none_too = np.zeros((len(problem.mentees), 0), np.float32)
        self._mentors = np.hstack([none, *(mentors for mentors, _ in factors)])
        self._mentees = np.hstack([none_too, *(mentees for _, mentees in factors)])
        # Two blocks' room, taken once: asking for it anew would cost as much as a product.
        self._room = np.empty(2 * ROWS * COLUMNS, dtype=np.float32)
        self._listed = self._score_listed(listed)
        self._known = Known(self._listed, len(problem.mentees))

    @property
    def most_points(self) -> int:
        """No pair has more points."""
        return FULL_VALUE * sum(rule.weight for rule in self.rules.objectives)

    def blocks(
        self, mentors: BoolArray | None = None, mentees: BoolArray | None = None
    ) -> Iterator[CandidatePairs]:
        """Every candidate pair, or those of some people alone, whatever the points."""
        return candidate_blocks(self.problem, self.rules, mentors, mentees, self.scorer)

    def options(self, mentors: BoolArray, mentees: BoolArray) -> tuple[IntArray, IntArray]:
        """How many candidate pairs each of these mentors and of these mentees has; else 0."""
        refused = self.scorer.refused()
        return (
            self._options(mentors, refused, of_mentors=True),
            self._options(mentees, refused, of_mentors=False),
        )

    def reaching(self, *thresholds: Threshold) -> Iterator[CandidatePairs]:
        """Every candidate pair that reaches one of the thresholds, and a few that do not.

        They come in lists of bounded length, each pair in one of them, in an order that
        depends on the problem and the thresholds alone.
        """
        yield self._listed
        found: list[tuple[IntArray, IntArray]] = []
        size = 0
        for mentors, mentees in self._hits([self._ready(t) for t in thresholds]):
            found.append((mentors, mentees))
            size += len(mentors)
            if size >= FOUND_IN_A_BLOCK:
                yield self._scored(found)
                found, size = [], 0
        if found:
            yield self._scored(found)

    def _options(
        self, some: BoolArray, refused: tuple[IntArray, IntArray] | None, of_mentors: bool
    ) -> IntArray:
        counts = np.zeros(len(some), dtype=np.int64)
        if refused is None:
            masks = (some, None) if of_mentors else (None, some)
            for block in self.blocks(*masks):
                places = block.mentors if of_mentors else block.mentees
                counts += np.bincount(places, minlength=len(some))
            return counts
        for mentors, mentees in self._blocks:
            asked, others = (mentors, mentees) if of_mentors else (mentees, mentors)
            asked = asked[some[asked]]
            step = max(1, CELLS_COUNTED // len(others))
            for start in range(0, len(asked), step):
                now = asked[start : start + step]
                pair = (now[:, None], others) if of_mentors else (others, now[:, None])
                counts[now] += np.count_nonzero(self.scorer.dense(*pair), axis=1)
        places = refused[0] if of_mentors else refused[1]
        counts -= np.bincount(places, minlength=len(some))
        return np.where(some, counts, 0)

    def _score_listed(self, listed: list[tuple[IntArray, IntArray]]) -> CandidatePairs:
        width = max(1, len(self.problem.mentees))
        codes = np.unique(np.concatenate([m.astype(np.int64) * width + e for m, e in listed]))
        mentors, mentees = np.divmod(codes, width)
        return self.scorer.among(mentors.astype(np.int32), mentees.astype(np.int32))

    def _scored(self, found: list[tuple[IntArray, IntArray]]) -> CandidatePairs:
        mentors = np.concatenate([mentors for mentors, _ in found])
        mentees = np.concatenate([mentees for _, mentees in found])
        pairs = self.scorer.among(mentors, mentees)
        return pairs.where(self._known.lacks(pairs.mentors, pairs.mentees))

    def _ready(self, threshold: Threshold) -> Threshold:
        """The threshold for ceilings in single precision: lower by all that is rounded."""
        if not threshold.counts_points:
            return threshold
        size = self._most + self._lift
        for side in (threshold.mentors, threshold.mentees):
            size += float(np.abs(side).max(initial=0))
        # A sum of n products, in whichever order, is off by less than n roundings of its size.
        margin = (self._mentors.shape[1] + 8) * ROUNDING * size
        mentors = (threshold.mentors - self._lift - margin).astype(np.float32)
        return Threshold(mentors, threshold.mentees.astype(np.float32))

    def _hits(self, thresholds: Sequence[Threshold]) -> Iterator[tuple[IntArray, IntArray]]:
        for all_mentors, all_mentees in self._blocks:
            used = np.flatnonzero(self._mentees[all_mentees].any(axis=0))
            givers = np.ascontiguousarray(self._mentors[np.ix_(all_mentors, used)])
            takers = np.ascontiguousarray(self._mentees[np.ix_(all_mentees, used)])
            for row in range(0, len(all_mentees), ROWS):
                mentees = all_mentees[row : row + ROWS]
                for column in range(0, len(all_mentors), COLUMNS):
                    mentors = all_mentors[column : column + COLUMNS]
                    factors = takers[row : row + ROWS], givers[column : column + COLUMNS]
                    hits = self._hits_in(thresholds, mentors, mentees, factors)
                    if hits is not None:
                        rows, columns = np.divmod(np.flatnonzero(hits), len(mentors))
                        if len(rows):
                            yield mentors[columns], mentees[rows]

    def _hits_in(
        self,
        thresholds: Sequence[Threshold],
        mentors: IntArray,
        mentees: IntArray,
        factors: tuple[Factor, Factor],
    ) -> BoolArray | None:
        """Which cells reach a threshold, a row for each mentee; None where none can."""
        cells = len(mentors) * len(mentees)
        room = self._room[: 2 * cells].reshape(2, len(mentees), len(mentors))
        ceilings: Factor | None = None
        hits: BoolArray | None = None
        for threshold in thresholds:
            some, others = threshold.mentors[mentors], threshold.mentees[mentees]
            if some.min() + others.min() > (self._most if threshold.counts_points else 0):
                continue
            if threshold.counts_points:
                if ceilings is None:
                    ceilings = np.matmul(factors[0], factors[1].T, out=room[0])
                reached = np.subtract(ceilings, others[:, None], out=room[1]) >= some
            else:
                reached = some + others[:, None] <= 0
            hits = reached if hits is None else np.logical_or(hits, reached, out=hits)
        return hits


def _largest(mentors: Factor, mentees: Factor) -> float:
    """No product of a row of each is larger, nor is the sum of its terms."""
    return float(mentors.max(initial=0)) * float(mentees.sum(axis=1).max(initial=0))
