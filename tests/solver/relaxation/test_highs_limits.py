"""Which limit ended HiGHS is what it says itself, not what the time is afterwards."""

from __future__ import annotations

import numpy as np
import pytest

from models.domain.stop import StopReason
from solver.relaxation.highs import Matrix, Options, Programme, solve


def a_hard_programme() -> Programme:
    """A knapsack of 30 rows, on which branching takes minutes."""
    draw = np.random.default_rng(1)
    sizes = draw.integers(1, 50, (30, 60))
    rows, columns = np.nonzero(sizes)
    return Programme(
        gains=draw.integers(1, 100, 60).astype(np.float64),
        lower=np.zeros(60),
        upper=np.full(60, 3.0),
        row_lower=np.full(30, -np.inf),
        row_upper=sizes.sum(axis=1) * 0.6,
        matrix=Matrix(rows, columns, sizes[rows, columns].astype(np.float64)),
        whole=np.ones(60, dtype=np.bool_),
    )


@pytest.mark.parametrize(
    ("seconds", "options", "limit"),
    [
        (60.0, {"mip_max_nodes": 1}, "work_limit"),
        (0.05, {}, "time_limit"),
        (0.0, {}, "time_limit"),
        (-1.0, {}, "time_limit"),
    ],
)
def test_the_limit_that_ended_it_is_told(
    seconds: float, options: Options, limit: StopReason
) -> None:
    assert solve(a_hard_programme(), seconds, options).stopped_by == limit


def test_an_optimum_felt_no_limit() -> None:
    hard = a_hard_programme()
    easy = Programme(
        hard.gains, hard.lower, hard.upper, hard.row_lower, hard.row_upper, hard.matrix
    )
    outcome = solve(easy, 60.0)
    assert (outcome.status, outcome.stopped_by) == ("optimal", None)
