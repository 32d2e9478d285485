import pytest

from solver.eligibility.different_department import DifferentDepartment
from tests.builders import a_mentee, a_mentor
from tests.voices import permits, reason

RULE = DifferentDepartment()


@pytest.mark.parametrize(
    ("mentors", "mentees", "stands", "words"),
    [
        ("HMRC", "DfE", True, "HMRC and DfE are different departments"),
        ("HMRC", "HMRC", False, "both are in HMRC, and the two should differ"),
        (None, "DfE", True, "the mentor has no department on record, and the mentee's is DfE"),
        ("HMRC", None, True, "the mentee has no department on record, and the mentor's is HMRC"),
        (None, None, True, "neither has a department on record"),
    ],
)
def test_departments_differ_and_a_missing_one_differs_from_every_other(
    mentors: str | None, mentees: str | None, stands: bool, words: str
) -> None:
    mentor, mentee = a_mentor(department=mentors), a_mentee(department=mentees)
    assert permits(RULE, mentor, mentee) is stands
    assert reason(RULE, mentor, mentee) == words
