import pytest

from solver.objectives.experience_balance import ExperienceBalance
from tests.builders import a_mentee, a_mentor
from tests.voices import reason, value

RULE = ExperienceBalance(weight=10)
STEPS = ("none", "some", "experienced")
BALANCED = (("experienced", "none"), ("none", "experienced"))


@pytest.mark.parametrize("mentors", STEPS)
@pytest.mark.parametrize("mentees", STEPS)
def test_only_opposite_ends_are_balanced(mentors: str, mentees: str) -> None:
    mentor, mentee = a_mentor(experience=mentors), a_mentee(experience=mentees)
    assert value(RULE, mentor, mentee) == (1000 if (mentors, mentees) in BALANCED else 0)


@pytest.mark.parametrize(
    ("mentors", "mentees", "words"),
    [
        ("experienced", "none", "a first-time mentee with an experienced mentor"),
        ("none", "experienced", "a first-time mentor with an experienced mentee"),
        (
            "some",
            "none",
            "the mentor has some mentoring experience, the mentee has no mentoring experience",
        ),
        ("none", "none", "neither has any mentoring experience"),
        ("some", "some", "both have some mentoring experience"),
        ("experienced", "experienced", "both are experienced in mentoring"),
    ],
)
def test_the_reason_says_how_experienced_each_is(mentors: str, mentees: str, words: str) -> None:
    assert reason(RULE, a_mentor(experience=mentors), a_mentee(experience=mentees)) == words
