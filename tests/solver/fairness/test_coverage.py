from solver.fairness.coverage import Coverage


def test_the_policys_own_levels_stay() -> None:
    levels = ("mentees_matched", "mentors_used", "points")
    assert Coverage().levels(levels) == levels
    assert Coverage().rules({"quality_floor": {"points": 5}}) == {}
