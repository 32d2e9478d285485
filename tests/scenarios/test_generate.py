"""Made-up rounds."""

from __future__ import annotations

import pytest

from models.reference import civil_service
from scenarios.generate import generate_round


def test_the_same_seed_gives_the_same_round_and_another_seed_another() -> None:
    assert generate_round(20, 30, seed=7) == generate_round(20, 30, seed=7)
    assert generate_round(20, 30, seed=7) != generate_round(20, 30, seed=8)


def test_people_are_counted_by_role_and_those_in_both_only_once() -> None:
    people = generate_round(20, 30, seed=1, both=5)["participants"]
    assert sum("mentor" in person for person in people) == 20
    assert sum("mentee" in person for person in people) == 30
    assert len({person["reference"] for person in people}) == len(people) == 45


def test_every_word_is_the_programmes_own() -> None:
    programme = civil_service()
    for person in generate_round(100, 100, seed=1, both=50)["participants"]:
        assert person["grade"] in programme.ladder
        assert person["department"] in programme.words("departments")
        assert person["profession"] in programme.words("professions")
        assert set(person["regions"]) <= set(programme.words("regions"))
        expertise = [
            *person.get("mentor", {}).get("offers", []),
            *person.get("mentee", {}).get("seeks", []),
        ]
        assert expertise
        assert set(expertise) <= set(programme.words("expertise"))


def test_mentors_are_more_senior_than_mentees() -> None:
    rank = {grade: place for place, grade in enumerate(civil_service().ladder)}
    people = generate_round(300, 300, seed=1)["participants"]
    mean = {
        role: sum(rank[person["grade"]] for person in people if role in person) / 300
        for role in ("mentor", "mentee")
    }
    assert mean["mentor"] > mean["mentee"] + 1


def test_about_a_sixth_of_all_pairs_have_a_region_and_a_grade_that_fit() -> None:
    """The share that the benchmark rounds are known for: about 16 %."""
    rank = {grade: place for place, grade in enumerate(civil_service().ladder)}
    people = generate_round(400, 500, seed=1)["participants"]
    mentors = [person for person in people if "mentor" in person]
    mentees = [person for person in people if "mentee" in person]
    fitting = sum(
        rank[mentor["grade"]] > rank[mentee["grade"]]
        and (
            not set(mentor["regions"]).isdisjoint(mentee["regions"])
            or (mentor["remote"] and mentee["remote"])
        )
        for mentor in mentors
        for mentee in mentees
    )
    assert 0.13 < fitting / (len(mentors) * len(mentees)) < 0.19


def test_characteristics_are_made_up_only_where_the_profile_records_a_basis() -> None:
    assert "characteristic" not in str(generate_round(50, 50, seed=1))
    assert "seeks_characteristic" in str(generate_round(50, 50, seed=1, profile="staff-network"))


def test_a_round_with_nobody_on_one_side_can_be_made() -> None:
    assert len(generate_round(0, 3, seed=1)["participants"]) == 3
    assert len(generate_round(3, 0, seed=1)["participants"]) == 3


@pytest.mark.parametrize(
    ("both", "profile"), [(3, "civil-service"), (-1, "civil-service"), (0, "no")]
)
def test_what_cannot_be_made_is_refused(both: int, profile: str) -> None:
    with pytest.raises(ValueError, match=r"both|profile"):
        generate_round(2, 5, seed=1, profile=profile, both=both)
