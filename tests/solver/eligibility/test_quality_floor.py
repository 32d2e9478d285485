from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from solver.eligibility.quality_floor import QualityFloor

RULE = QualityFloor(points=60_000)


def test_the_floor_is_exact() -> None:
    assert [RULE.permits(points) for points in (59_999, 60_000, 60_001)] == [False, True, True]
    points = np.array([59_999, 60_000, 60_001], dtype=np.int32)
    assert RULE.vectorised(points).tolist() == [False, True, True]


def test_the_reason_gives_the_points_and_the_floor() -> None:
    assert RULE.because(81_000) == "81 points, and the floor is 60 points"
    assert RULE.because(59_500) == "only 59.5 points, below the floor of 60 points"


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"points": -1},
        {"points": True},
        {"points": "60000"},
        {"points": 0.5},
        {"points": 10**12},
    ],
)
def test_without_a_whole_number_of_points_it_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        QualityFloor(**settings)
