from __future__ import annotations

from typing import Any

import pytest

from models.domain.stability import WeightStability
from scenarios.weights.words import stability_line


def a_weight(**fields: Any) -> WeightStability:
    told = {"rule": "shared_region", "weight": 20, "least": 0, "most": 30, "proved": True}
    return WeightStability(**{**told, "points": 20_000, **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "the pairs stay the best from 0 to 30; 20 points, 33.3 % of all"),
        ({"most": 100, "points": 0}, "the pairs stay the best at any weight; no points"),
        (
            {"least": 20, "most": 20, "points": -200},
            "at any other weight other pairs are better; -0.2 points",
        ),
        (
            {"proved": False, "points": 0},
            "the pairs stay the best from 0 to 30 at least, which is proved; no points",
        ),
    ],
)
def test_a_weight_s_interval_and_share_are_told(fields: dict[str, Any], said: str) -> None:
    assert stability_line(a_weight(**fields), 60_000) == f"shared region: weight 20; {said}"
