from typing import Any

import pytest
from pydantic import ValidationError

from solver.objectives.preferred_grade_gap import PreferredGradeGap
from tests.builders import LADDER, a_mentee, a_mentor
from tests.voices import reason, value

RULE = PreferredGradeGap(weight=20)


@pytest.mark.parametrize(
    ("gap", "worth"), [(-1, 0), (0, 0), (1, 700), (2, 1000), (3, 500), (4, 250), (5, 0), (10, 0)]
)
def test_the_shipped_values_by_gap(gap: int, worth: int) -> None:
    low = max(0, -gap)
    mentor, mentee = a_mentor(grade=LADDER[low + gap]), a_mentee(grade=LADDER[low])
    assert value(RULE, mentor, mentee) == worth


def test_values_may_be_given_for_any_gap_as_json_writes_them() -> None:
    rule = PreferredGradeGap(values={"0": 10, "-10": 20})
    assert value(rule, a_mentor(grade="SEO"), a_mentee(grade="SEO")) == 10
    assert value(rule, a_mentor(grade=LADDER[0]), a_mentee(grade=LADDER[10])) == 20
    assert value(rule, a_mentor(grade=LADDER[10]), a_mentee(grade=LADDER[0])) == 0


def test_a_gap_wider_than_the_ladder_is_worth_nothing_to_anybody() -> None:
    rule = PreferredGradeGap(values={12: 1000, 100: 1000})
    assert value(rule, a_mentor(grade=LADDER[10]), a_mentee(grade=LADDER[0])) == 0


def test_settings_survive_the_journey_through_json() -> None:
    rule = PreferredGradeGap(weight=3, values={-1: 5, 0: 7})
    assert rule.model_dump(mode="json") == {"weight": 3, "values": {"-1": 5, "0": 7}}
    assert PreferredGradeGap(**rule.model_dump(mode="json")) == rule
    assert PreferredGradeGap.model_validate_json(rule.model_dump_json()) == rule


@pytest.mark.parametrize(
    "values",
    [
        {"1": 1001},
        {"1": -1},
        {"1": True},
        {"1": "5"},
        {"1": 0.5},
        {"one": 5},
        {"01": 5},
        {"-0": 5},
        {"1.0": 5},
        {"101": 5},
        {True: 5},
        [5],
    ],
)
def test_values_of_another_kind_are_refused(values: Any) -> None:
    with pytest.raises(ValidationError):
        PreferredGradeGap(values=values)


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("Grade 6", "Grade 6 is two grades above SEO, the gap preferred most"),
        ("Grade 7", "Grade 7 is one grade above SEO, a preferred gap"),
        ("SEO", "both are at SEO, not a preferred gap"),
    ],
)
def test_the_reason_gives_both_grades_and_how_welcome_the_gap_is(grade: str, words: str) -> None:
    assert reason(RULE, a_mentor(grade=grade), a_mentee(grade="SEO")) == words
