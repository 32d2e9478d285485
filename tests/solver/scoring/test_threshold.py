from __future__ import annotations

import numpy as np

from solver.levels import LEVELS
from solver.scoring.threshold import Threshold, merged, reduced_at_least

POINTS, LOTTERY, MATCHED = LEVELS["points"], LEVELS["lottery"], LEVELS["mentees_matched"]
MENTORS, MENTEES = np.array([10, 30]), np.array([4, -8])


def test_a_reduced_gain_asks_for_points_that_cover_both_prices() -> None:
    wanted = reduced_at_least(1, [(1, POINTS)], MENTORS, MENTEES)
    assert wanted.counts_points
    assert (wanted.mentors[0] + wanted.mentees[0], wanted.mentors[1] + wanted.mentees[1]) == (
        15,
        23,
    )


def test_prices_are_divided_by_what_a_point_is_worth() -> None:
    wanted = reduced_at_least(0, [(2, POINTS), (7, MATCHED)], MENTORS, MENTEES)
    assert wanted.mentors.tolist() == [5, 15]
    assert wanted.mentees.tolist() == [2, -4]


def test_a_gain_that_is_dear_to_work_out_counts_as_the_most_it_can_be() -> None:
    """As does whatever else may add to a reduced gain."""
    most = (1 << 24) - 1
    wanted = reduced_at_least(0, [(1, LOTTERY)], MENTORS, MENTEES, spare=5)
    assert not wanted.counts_points
    assert wanted.mentors.tolist() == [10 - most - 5, 30 - most - 5]


def test_merged_thresholds_ask_for_the_pairs_that_reach_any_of_those_given() -> None:
    """Two that look at mentors alone make one, and so do two that look at mentees alone."""
    flat, sides = np.full(2, 3.0), (np.array([10.0, 30.0]), np.array([25.0, 15.0]))
    given = [
        *(Threshold(side, flat) for side in sides),
        *(Threshold(flat, side) for side in sides),
        Threshold(*sides),
        Threshold(np.array([0, 1]), np.array([0, 1]), counts_points=False),
    ]
    fewer = merged(given)
    assert len(fewer) == 4

    def reached(thresholds: list[Threshold], points: int) -> list[bool]:
        return [
            any(
                asked.mentors[m] + asked.mentees[e] <= points * asked.counts_points
                for asked in thresholds
            )
            for m in range(2)
            for e in range(2)
        ]

    for points in range(60):
        assert reached(fewer, points) == reached(given, points)
