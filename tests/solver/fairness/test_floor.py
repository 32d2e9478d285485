import pytest
from pydantic import ValidationError

from solver.fairness.floor import Floor


def test_the_stricter_of_the_modes_floor_and_the_policys_holds() -> None:
    for own, mode, stricter in ((5, 7, 7), (7, 5, 7)):
        changed = Floor(points=mode).rules({"quality_floor": {"points": own}})
        assert changed == {"quality_floor": {"points": stricter}}


def test_a_policy_without_a_floor_gets_one() -> None:
    assert Floor(points=3).rules({}) == {"quality_floor": {"points": 3}}


@pytest.mark.parametrize("settings", [{}, {"points": -1}, {"points": 1.0}, {"points": True}])
def test_a_floor_is_a_whole_number_of_points(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Floor.model_validate(settings)
