import pytest
from pydantic import ValidationError

from solver.fairness.leximin import Leximin
from solver.levels import LEVELS, value_of
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


@pytest.mark.parametrize(
    ("without", "levels"),
    [
        (("mentees_matched", "points"), ("mentees_matched", "bucket_1", "bucket_2", "points")),
        (("points",), ("mentees_matched", "bucket_1", "bucket_2", "points")),
        (
            ("mentees_matched", "mentors_used", "points"),
            ("mentees_matched", "mentors_used", "bucket_1", "bucket_2", "points"),
        ),
        (
            ("mentees_matched_1", "mentees_matched_2", "points"),
            ("mentees_matched_1", "mentees_matched_2", "bucket_1", "bucket_2", "points"),
        ),
    ],
)
def test_buckets_come_before_points_and_after_people(
    without: tuple[str, ...], levels: tuple[str, ...]
) -> None:
    assert Leximin(buckets=2).levels(without) == levels


@pytest.mark.parametrize("buckets", [0, 11, 2.0, True])
def test_there_are_one_to_ten_buckets(buckets: object) -> None:
    with pytest.raises(ValidationError):
        Leximin.model_validate({"buckets": buckets})


def test_buckets_have_equal_widths_up_to_the_best_possible_pair() -> None:
    """With a best of 4,000 points in four buckets: 0 to 999, 1,000 to 1,999, …, 3,000 to 4,000."""
    words = ("law", "data", "policy", "drafting")
    policy = a_policy(expertise_overlap={"weight": 4, "ranked": False}, fairness=Leximin(buckets=4))
    problem = a_problem(
        a_mentor("M0"),
        *(a_mentor(f"M{number}", offers=words[:number]) for number in range(1, 5)),
        a_mentee("E1", seeks=words),
        policy=policy,
    )
    points = {f"M{number}": 1000 * number for number in range(5)}
    rules = choose_rules(policy)
    found = {
        mentor: [
            value_of(LEVELS[f"bucket_{k}"], problem, rules, [(mentor, "E1", worth)])
            for k in range(1, 5)
        ]
        for mentor, worth in points.items()
    }
    assert found == {
        "M0": [-1, 0, 0, 0],
        "M1": [0, -1, 0, 0],
        "M2": [0, 0, -1, 0],
        "M3": [0, 0, 0, -1],
        "M4": [0, 0, 0, -1],
    }


def test_where_no_pair_is_worth_anything_all_lie_in_the_first_bucket() -> None:
    problem = a_problem(policy=a_policy(fairness=Leximin(buckets=3)))
    counts = [LEVELS[f"bucket_{k}"].pair_gain(problem, "M1", "E1", 0) for k in (1, 2, 3)]
    assert counts == [-1, 0, 0]
