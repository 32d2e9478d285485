from solver.fairness.total import Total


def test_points_alone_count() -> None:
    assert Total().levels(("mentees_matched", "mentors_used", "points")) == ("points",)
