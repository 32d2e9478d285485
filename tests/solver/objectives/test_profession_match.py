import pytest

from solver.objectives.profession_match import ProfessionMatch
from tests.builders import a_mentee, a_mentor
from tests.voices import reason, value

RULE = ProfessionMatch(weight=15)


@pytest.mark.parametrize(
    ("mentors", "mentees", "worth", "words"),
    [
        ("Policy", "Policy", 1000, "both are in the profession Policy"),
        ("Policy", "Legal", 0, "the mentor's profession is Policy, the mentee's Legal"),
        (None, "Legal", 0, "the mentor has no profession on record, and the mentee's is Legal"),
        ("Policy", None, 0, "the mentee has no profession on record, and the mentor's is Policy"),
        (None, None, 0, "neither has a profession on record"),
    ],
)
def test_the_same_profession_counts_in_full_and_a_missing_one_matches_nothing(
    mentors: str | None, mentees: str | None, worth: int, words: str
) -> None:
    mentor, mentee = a_mentor(profession=mentors), a_mentee(profession=mentees)
    assert value(RULE, mentor, mentee) == worth
    assert reason(RULE, mentor, mentee) == words
