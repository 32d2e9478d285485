import pytest

from solver.objectives.cross_department import CrossDepartment
from tests.builders import a_mentee, a_mentor
from tests.voices import reason, value

RULE = CrossDepartment(weight=5)


@pytest.mark.parametrize(
    ("mentors", "mentees", "worth", "words"),
    [
        ("HMRC", "DfE", 1000, "HMRC and DfE are different departments"),
        ("HMRC", "HMRC", 0, "both are in HMRC"),
        (None, "DfE", 1000, "the mentor has no department on record, and the mentee's is DfE"),
        ("HMRC", None, 1000, "the mentee has no department on record, and the mentor's is HMRC"),
        (None, None, 1000, "neither has a department on record"),
    ],
)
def test_different_departments_count_in_full_and_a_missing_one_differs_from_every_other(
    mentors: str | None, mentees: str | None, worth: int, words: str
) -> None:
    mentor, mentee = a_mentor(department=mentors), a_mentee(department=mentees)
    assert value(RULE, mentor, mentee) == worth
    assert reason(RULE, mentor, mentee) == words
