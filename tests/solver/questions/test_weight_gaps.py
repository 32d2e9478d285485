"""Which weights between two others are ruled out by what was found at these."""

from __future__ import annotations

import pytest

from solver.questions.weight_gaps import Gap, Looked


def looked(weight: int, best: int, slope: int, forced: int) -> Looked:
    return Looked(weight, best, slope, forced, will_do=best == forced)


def test_an_answers_line_is_exact_where_it_was_found() -> None:
    at_ten = looked(10, best=500, slope=7, forced=400)
    assert (at_ten.line(10), at_ten.line(12), at_ten.line(9)) == (500, 514, 493)


def test_weights_below_the_lines_are_ruled_out() -> None:
    """At 0 the pair costs 100, at 10 it costs nothing; the chord meets the line at 10 alone."""
    near, far = looked(0, 100, 0, 0), looked(10, 100, 0, 100)
    assert Gap(near, far).nearest(is_convex=True) is None


@pytest.mark.parametrize(("near", "far", "nearest"), [(0, 10, 5), (10, 0, 5)])
def test_the_nearest_weight_is_counted_from_todays(near: int, far: int, nearest: int) -> None:
    """The best stays at 100 and the chord rises from 0 to 200: they meet half way."""
    gap = Gap(looked(near, 100, 0, 0), looked(far, 100, 0, 200))
    assert gap.nearest(is_convex=True) == nearest


def test_the_better_of_the_two_lines_counts() -> None:
    """The far answer's line is above the chord where the near one's is below it."""
    near, far = looked(0, 100, 0, 90), looked(10, 200, 10, 190)
    assert Gap(near, far).nearest(is_convex=True) is None


def test_where_nothing_is_convex_the_next_weight_is_nearest() -> None:
    near, far = looked(4, 100, 0, 0), looked(0, 100, 0, 0)
    assert Gap(near, far).nearest(is_convex=False) == 3
    assert Gap(near, looked(3, 100, 0, 0)).nearest(is_convex=False) is None
