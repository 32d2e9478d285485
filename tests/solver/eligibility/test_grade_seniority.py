from typing import Any

import pytest
from pydantic import ValidationError

from solver.eligibility.grade_seniority import GradeSeniority
from tests.builders import a_mentee, a_mentor
from tests.voices import permits, reason


@pytest.mark.parametrize(
    ("mentor", "mentee", "stands"),
    [
        ("SEO", "SEO", False),
        ("Grade 7", "SEO", True),
        ("SCS4", "AA", True),
        ("HEO", "SEO", False),
    ],
)
def test_without_settings_the_mentor_is_at_least_one_grade_above(
    mentor: str, mentee: str, stands: bool
) -> None:
    assert permits(GradeSeniority(), a_mentor(grade=mentor), a_mentee(grade=mentee)) is stands


@pytest.mark.parametrize(
    ("mentor", "stands"),
    [("HEO", False), ("SEO", True), ("Grade 7", True), ("Grade 6", False)],
)
def test_both_ends_of_the_gap_are_exact(mentor: str, stands: bool) -> None:
    rule = GradeSeniority(min_gap=0, max_gap=1)
    assert permits(rule, a_mentor(grade=mentor), a_mentee(grade="SEO")) is stands


def test_a_negative_gap_lets_a_junior_mentor() -> None:
    rule = GradeSeniority(min_gap=-2, max_gap=-2)
    assert permits(rule, a_mentor(grade="EO"), a_mentee(grade="SEO"))
    assert not permits(rule, a_mentor(grade="HEO"), a_mentee(grade="SEO"))


def test_the_ladder_is_the_programmes() -> None:
    mentor, mentee = a_mentor(grade="Master"), a_mentee(grade="Apprentice")
    ladder = ("Apprentice", "Journeyman", "Master")
    assert permits(GradeSeniority(min_gap=2), mentor, mentee, ladder=ladder)
    assert not permits(GradeSeniority(min_gap=3), mentor, mentee, ladder=ladder)


@pytest.mark.parametrize(
    ("mentor", "mentee", "words"),
    [
        ("Grade 6", "SEO", "Grade 6 is two grades above SEO"),
        ("SCS4", "AA", "SCS4 is ten grades above AA"),
    ],
)
def test_the_reason_gives_both_grades_and_the_gap(mentor: str, mentee: str, words: str) -> None:
    assert reason(GradeSeniority(), a_mentor(grade=mentor), a_mentee(grade=mentee)) == words


@pytest.mark.parametrize(
    ("min_gap", "max_gap", "wanted"),
    [
        (1, None, "at least one grade above"),
        (2, 2, "two grades above"),
        (1, 2, "between one grade above and two grades above"),
    ],
)
def test_a_refusal_says_how_far_apart_the_grades_should_be(
    min_gap: int, max_gap: int | None, wanted: str
) -> None:
    rule = GradeSeniority(min_gap=min_gap, max_gap=max_gap)
    same, below = a_mentor(grade="SEO"), a_mentor(grade="EO")
    mentee = a_mentee(grade="SEO")
    assert reason(rule, same, mentee) == f"both are at SEO, and the mentor should be {wanted}"
    assert reason(rule, below, mentee) == (
        f"EO is two grades below SEO, and the mentor should be {wanted}"
    )


@pytest.mark.parametrize(
    "settings",
    [{"min_gap": True}, {"min_gap": "1"}, {"max_gap": 1.5}, {"min_gap": 101}, {"least": 1}],
)
def test_settings_of_another_kind_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GradeSeniority(**settings)


def test_a_greatest_gap_below_the_least_is_refused_where_it_stands() -> None:
    with pytest.raises(ValidationError) as refused:
        GradeSeniority(min_gap=3, max_gap=2)
    (error,) = refused.value.errors()
    assert error["loc"] == ("max_gap",)
    assert "max_gap 2 is below min_gap 3" in error["msg"]
    assert GradeSeniority(min_gap=2, max_gap=2).max_gap == 2
