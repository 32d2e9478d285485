"""Made-up rounds with every side rule on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.domain.participant import Pair
from models.reference import civil_service
from scenarios.generate import generate_round
from scenarios.side_rules import TIGHTNESS, round_before_side_rules, with_side_rules
from solver.intake import read_round

BEFORE = round_before_side_rules(60, 80, both=20, seed=4)
SIDE_RULES = {
    *("total_commitments", "department_quota", "same_team_apart", "share_limit"),
    *("coverage_floor", "group_minimum", "change_budget"),
}


def an_answer() -> list[Pair]:
    """Everybody's place is filled in the order of the round, whatever the rules say."""
    people = BEFORE["participants"]
    places = [
        person["reference"]
        for person in people
        if "mentor" in person
        for _ in range(person["mentor"]["capacity"])
    ]
    mentees = [person["reference"] for person in people if "mentee" in person]
    return [Pair(mentor=m, mentee=e) for m, e in zip(places, mentees, strict=False)]


def settings(tightness: str, seed: int = 4) -> dict[str, Any]:
    rules = with_side_rules(BEFORE, an_answer(), TIGHTNESS[tightness], seed)["policy"]["rules"]
    assert isinstance(rules, dict)
    return rules


def capacities(made: dict[str, Any]) -> list[int]:
    return [p["mentor"]["capacity"] for p in made["participants"] if "mentor" in p]


def test_a_tenth_of_the_mentors_take_groups() -> None:
    usual = capacities(generate_round(200, 100, seed=1, both=20))
    made = capacities(round_before_side_rules(200, 100, both=20, seed=1))
    changed = [now for before, now in zip(usual, made, strict=True) if now != before]
    assert 10 <= len(changed) <= 20
    assert set(changed) == {3, 4, 5}


def test_equal_grades_may_be_paired_so_that_two_could_mentor_each_other() -> None:
    assert BEFORE["policy"]["rules"] == {"grade_seniority": {"min_gap": 0}}


@pytest.mark.parametrize("tightness", TIGHTNESS)
def test_all_seven_are_switched_on(tightness: str) -> None:
    assert settings(tightness).keys() == SIDE_RULES | {"grade_seniority"}


@pytest.mark.parametrize("tightness", TIGHTNESS)
def test_the_same_seed_gives_the_same_round_and_another_seed_other_quotas(tightness: str) -> None:
    first, again = (
        json.dumps(with_side_rules(BEFORE, an_answer(), TIGHTNESS[tightness], 4)) for _ in range(2)
    )
    assert first == again
    assert settings(tightness)["department_quota"] != settings(tightness, 5)["department_quota"]


def test_the_round_it_is_made_from_stays_as_it_was() -> None:
    before = json.dumps(BEFORE)
    with_side_rules(BEFORE, an_answer(), TIGHTNESS["loose"], 4)
    assert json.dumps(BEFORE) == before


def test_half_of_the_departments_have_a_quota_below_their_load() -> None:
    department = {person["reference"]: person["department"] for person in BEFORE["participants"]}
    quotas = settings("tight")["department_quota"]
    for side, role in (("mentors", "mentor"), ("mentees", "mentee")):
        loaded = [department[getattr(made, role)] for made in an_answer()]
        assert len(quotas[side]) == len(set(loaded)) // 2
        for name, quota in quotas[side].items():
            assert quota == {"most": loaded.count(name) * 93 // 100}


def test_limits_get_tighter_from_loose_to_tight() -> None:
    loose, middling, tight = (settings(name) for name in ("loose", "middling", "tight"))
    for rule, setting in (
        ("total_commitments", "most"),
        ("share_limit", "cross_region_percent"),
        ("share_limit", "gap_percent"),
        ("change_budget", "most"),
    ):
        assert loose[rule][setting] >= middling[rule][setting] >= tight[rule][setting]
    assert loose["change_budget"]["most"] == len(an_answer()) * 60 // 100


def test_no_group_is_promised_more_coverage_than_the_answer_gave_it() -> None:
    floor = settings("tight")["coverage_floor"]
    wanting, matched = {}, {made.mentee for made in an_answer()}
    for person in BEFORE["participants"]:
        if "mentee" in person:
            wanting.setdefault(person[floor["by"]], []).append(person["reference"] in matched)
    worst = min(sum(group) / len(group) for group in wanting.values())
    assert floor["percent"] <= 100 * worst


def test_the_answer_is_the_earlier_result() -> None:
    after = with_side_rules(BEFORE, an_answer(), TIGHTNESS["loose"], 4)
    assert after["earlier"]["pairs"] == [
        {"mentor": made.mentor, "mentee": made.mentee, "state": "active"} for made in an_answer()
    ]


@pytest.mark.parametrize("tightness", TIGHTNESS)
def test_the_round_is_one_that_can_be_submitted(tightness: str) -> None:
    after = with_side_rules(BEFORE, an_answer(), TIGHTNESS[tightness], 4)
    intake = read_round(after, civil_service())
    assert intake.problem is not None
    assert {choice.name for choice in intake.problem.policy.rules} >= SIDE_RULES | {"one_direction"}
