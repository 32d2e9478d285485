"""The shipped profiles against the table of rules that they are written from."""

from __future__ import annotations

from models.domain.programme import Profile
from models.reference import civil_service
from solver.rulebook import all_rules

ALWAYS = {"different_person", "mentor_capacity", "mentee_demand", "pinned_pairs"}
ON_BY_DEFAULT = ALWAYS | {"line_management", "previous_pairs", "barred_pairs", "one_direction"}


def shipped(name: str) -> Profile:
    profile = civil_service().profile(name)
    assert profile is not None
    return profile


def test_every_rule_of_every_profile_exists_and_takes_its_settings() -> None:
    for profile in civil_service().profiles:
        for name, settings in profile.rules.items():
            all_rules()[name].model_validate(settings)


def test_civil_service_is_the_table_of_the_first_version() -> None:
    profile = shipped("civil-service")
    weights = {name: s["weight"] for name, s in profile.rules.items() if "weight" in s}
    assert weights == {
        "expertise_overlap": 40,
        "profession_match": 15,
        "preferred_grade_gap": 20,
        "experience_balance": 10,
        "cross_department": 5,
        "shared_region": 10,
        "stated_preferences": 30,
    }
    assert profile.rules.keys() - weights.keys() == ON_BY_DEFAULT | {
        "travel_region",
        "grade_seniority",
    }
    assert profile.rules["grade_seniority"] == {"min_gap": 1, "max_gap": None}
    assert profile.rules["travel_region"] == {"allow_remote": True}
    assert profile.rules["expertise_overlap"]["ranked"] is True
    values = {"1": 700, "2": 1000, "3": 500, "4": 250}
    assert profile.rules["preferred_grade_gap"]["values"] == values
    assert profile.levels == ("mentees_matched", "points")
    assert (profile.default_capacity, profile.default_wants) == (1, 1)
    assert profile.special_category_basis is None


def test_staff_network_has_the_rules_of_the_volunteer_run_scheme() -> None:
    profile = shipped("staff-network")
    weights = {name: s["weight"] for name, s in profile.rules.items() if "weight" in s}
    assert weights == {
        "preferred_grade_gap": 12,
        "profession_match": 10,
        "shared_characteristic": 6,
    }
    assert profile.rules.keys() - weights.keys() == ON_BY_DEFAULT | {
        "different_department",
        "grade_seniority",
    }
    assert profile.rules["grade_seniority"] == {"min_gap": 1, "max_gap": 2}
    assert profile.rules["preferred_grade_gap"]["values"] == {"1": 750, "2": 1000}
    assert profile.levels == ("mentees_matched", "mentors_used", "points")
    assert (profile.default_capacity, profile.default_wants) == (3, 3)
    assert profile.special_category_basis == "explicit consent"
