from __future__ import annotations

import pytest
from pydantic import ValidationError

from solver.limits import Limits


def test_without_more_said_a_solve_has_five_minutes_and_all_memory() -> None:
    assert Limits() == Limits(seconds=300, memory_mb=None)


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"seconds": -1}, {"memory_mb": 0}])
def test_a_limit_that_leaves_nothing_is_refused(limits: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Limits(**limits)


@pytest.mark.parametrize("seconds", [86_401, 1e300, float("inf"), float("nan")])
def test_no_solve_has_more_than_a_day(seconds: float) -> None:
    assert Limits(seconds=86_400).seconds == 86_400
    with pytest.raises(ValidationError):
        Limits(seconds=seconds)
