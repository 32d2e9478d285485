"""What a pair has to reach before anybody looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.rule import Factor, FloatArray, IntArray

if TYPE_CHECKING:
    from solver.levels import Level


Side = FloatArray | IntArray | Factor
"""What is asked of everybody on one side."""


@dataclass(frozen=True)
class Threshold:
    """Asks for the pairs whose points reach `mentors[m] + mentees[e]`.

    Where points do not count, 0 stands in their place, and both columns hold whole numbers.
    """

    mentors: Side
    mentees: Side
    counts_points: bool = True


def merged(thresholds: Sequence[Threshold]) -> list[Threshold]:
    """Fewer thresholds, one of which a pair reaches if it reaches one of those given.

    All that ask the same of every mentee make one, and so do those that ask it of every mentor.
    """
    kept: list[Threshold] = []
    for counts_points in (True, False):
        by_mentor, by_mentee = [], []
        for asked in thresholds:
            if asked.counts_points != counts_points:
                continue
            if _is_flat(asked.mentees):
                by_mentor.append(asked.mentors + asked.mentees[0])
            elif _is_flat(asked.mentors):
                by_mentee.append(asked.mentees + asked.mentors[0])
            else:
                kept.append(asked)
        nothing = [np.zeros_like(side) for side in (thresholds[0].mentors, thresholds[0].mentees)]
        if by_mentor:
            kept.append(Threshold(np.minimum.reduce(by_mentor), nothing[1], counts_points))
        if by_mentee:
            kept.append(Threshold(nothing[0], np.minimum.reduce(by_mentee), counts_points))
    return kept


def reduced_at_least(
    least: int,
    terms: Sequence[tuple[int, Level]],
    mentor_prices: IntArray,
    mentee_prices: IntArray,
    spare: int = 0,
) -> Threshold:
    """The pairs whose reduced gain may be at least so much.

    The reduced gain is the sum of factor times gain over the terms, less both prices. `spare`
    is the most that anything else, such as the prices of groups, may add to it.
    """
    slope = height = 0
    for factor, level in terms:
        of_a_point, beside = level.gain_line()
        slope, height = slope + factor * of_a_point, height + factor * beside
    mentors = mentor_prices + np.int64(least - height - spare)
    if not slope:
        return Threshold(mentors, mentee_prices, counts_points=False)
    return Threshold(mentors / slope, mentee_prices / slope)


def _is_flat(side: Side) -> bool:
    return len(side) > 0 and bool((side == side[0]).all())
