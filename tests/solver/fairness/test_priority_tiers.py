import pytest

from solver.fairness.priority_tiers import PriorityTiers

TIERS = ("mentees_matched_1", "mentees_matched_2", "mentees_matched_3")


@pytest.mark.parametrize("matched", [("mentees_matched",), TIERS, ()])
def test_the_tiers_come_first_and_all_else_stays_behind_them(matched: tuple[str, ...]) -> None:
    levels = (*matched, "mentors_used", "points")
    assert PriorityTiers().levels(levels) == (*TIERS, "mentors_used", "points")
