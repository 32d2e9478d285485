"""What planners read of a round matched again."""

from __future__ import annotations

from typing import Any

import pytest

from models.domain.participant import Pair
from models.domain.rematch import CurvePoint, Rematch
from scenarios.rematch.words import curve_line, rematch_lines


def a_rematch(**fields: Any) -> Rematch:
    """Two pairs that stood, of which one is kept and one is broken."""
    return Rematch(
        **{
            "mode": "freeze",
            "unavoidable": (),
            "kept": (Pair(mentor="M1", mentee="E1"),),
            "broken": (Pair(mentor="M2", mentee="E2"),),
            "least_broken": 0,
            "broken_avoidable": 1,
            "new": (),
            "unmatched_now": (),
            "points": 0,
        }
        | fields
    )


LIMITED = "for want of places or under a limit."


@pytest.mark.parametrize(
    ("least", "avoidable", "said"),
    [
        (0, 1, "1 of the broken could have been kept."),
        (
            1,
            0,
            "0 of the broken could have been kept; 1 had to go, " + LIMITED,
        ),
        (None, None, "How many of the broken could have been kept together is not proved."),
    ],
)
def test_what_was_avoidable_is_told_apart_from_what_was_not(
    least: int | None, avoidable: int | None, said: str
) -> None:
    lines = list(rematch_lines(a_rematch(least_broken=least, broken_avoidable=avoidable)))
    assert lines[1] == said


def test_a_point_of_the_curve_that_is_not_proved_says_so() -> None:
    point = CurvePoint(price=3, kept=1_200, broken=4, points=1_500, proved=False)
    assert curve_line(point) == (
        "1,200 kept and 4 broken: 1.5 points, from a price of 3 (not proved)"
    )
