from typing import Any

import pytest

from models.domain.policy import Policy
from models.domain.submission import PolicySubmission
from models.reference import civil_service
from solver.intake import resolve_policy
from tests.solver.intake.documents import (
    Document,
    a_document,
    a_mentee_row,
    a_mentor_row,
    issues_of,
    places,
    problem_of,
)


def a_round(quotas: dict[str, Any], department: str = "HMRC") -> Document:
    rules = {"department_quota": {"mentors": quotas}}
    mentor = a_mentor_row(department=department)
    return a_document(mentor, a_mentee_row(), policy={"rules": rules})


def quotas_of(policy: Policy) -> dict[str, Any]:
    (choice,) = (choice for choice in policy.rules if choice.name == "department_quota")
    quotas: dict[str, Any] = choice.settings["mentors"]
    return quotas


@pytest.mark.parametrize("spelling", ["HMRC", "hmrc ", "HM Revenue & Customs"])
def test_a_word_of_the_programme_has_its_spelling_there(spelling: str) -> None:
    problem = problem_of(a_round({spelling: {"most": 1}}))
    assert quotas_of(problem.policy) == {"HMRC": {"least": 0, "most": 1}}
    policy, issues = resolve_policy(
        PolicySubmission(rules={"department_quota": {"mentors": {spelling: {"most": 1}}}}),
        civil_service(),
    )
    assert policy is not None
    assert quotas_of(policy) == quotas_of(problem.policy)
    assert issues == ()


def test_an_unlisted_word_is_spelled_as_in_the_round() -> None:
    document = a_round({"department of JOY": {"most": 1}}, department="Department of Joy")
    assert list(quotas_of(problem_of(document).policy)) == ["Department of Joy"]
    assert issues_of(document) == ()


def test_a_word_that_nobody_knows_is_pointed_out_with_the_nearest_one() -> None:
    (issue,) = issues_of(a_round({"HMRCC": {"most": 1}}))
    assert (issue.code, issue.severity) == ("UNKNOWN_WORD", "warning")
    assert issue.pointer == "/policy/rules/department_quota/mentors/HMRCC"
    assert issue.hint == 'Did you mean "HMRC"?'
    assert issue.detail == {"value": "HMRCC"}


def test_two_spellings_of_one_word_are_refused() -> None:
    (issue,) = issues_of(a_round({"HMRC": {"most": 1}, "HM Revenue & Customs": {"most": 2}}))
    assert places([issue]) == [
        ("INVALID_SETTING", "/policy/rules/department_quota/mentors/HM Revenue & Customs")
    ]
    assert issue.message == '"HM Revenue & Customs" means "HMRC", which is given as well'


def test_a_quota_that_cannot_be_kept_is_refused_in_a_planners_words() -> None:
    (issue,) = issues_of(a_round({"HMRC": {"least": 2, "most": 1}}))
    assert places([issue]) == [("INVALID_SETTING", "/policy/rules/department_quota/mentors/HMRC")]
    assert issue.message == "`mentors` of `department_quota` is refused: least 2 is above most 1"
