from __future__ import annotations

from tests.solver.intake.documents import (
    a_document,
    a_mentee_row,
    a_mentor_row,
    issues_of,
    places,
    problem_of,
)


def test_each_reference_stands_once_after_trimming() -> None:
    document = a_document(a_mentor_row("A"), a_mentee_row("B"), a_mentee_row(" A "))
    (issue,) = issues_of(document)
    assert (issue.code, issue.pointer) == ("DUPLICATE_REFERENCE", "/participants/2/reference")
    assert issue.detail == {"value": "A", "first": 0}


def test_references_that_unicode_writes_in_two_ways_are_one() -> None:
    document = a_document(a_mentor_row("caf\u00e9-1"), a_mentee_row("cafe\u0301-1"))
    assert places(issues_of(document)) == [("DUPLICATE_REFERENCE", "/participants/1/reference")]


def test_references_differ_by_case() -> None:
    assert issues_of(a_document(a_mentor_row("hr-1"), a_mentee_row("HR-1"))) == ()


def test_one_human_may_stand_under_two_references_with_one_role_each() -> None:
    problem = problem_of(a_document(a_mentor_row("A", person="P"), a_mentee_row("B", person="P")))
    assert {p.person for p in problem.participants} == {"P"}


def test_one_human_has_each_role_once() -> None:
    document = a_document(
        a_mentor_row("A", person="P", mentee={}),
        a_mentor_row("B", person="P"),
        a_mentee_row("C", person="P"),
    )
    assert places(issues_of(document)) == [
        ("PERSON_TWICE", "/participants/1/mentor"),
        ("PERSON_TWICE", "/participants/2/mentee"),
    ]


def test_a_person_may_be_another_rows_reference() -> None:
    """A human whose main reference is A also stands in the round as B."""
    document = a_document(a_mentor_row("A"), a_mentor_row("B", person="A"))
    assert places(issues_of(document)) == [("PERSON_TWICE", "/participants/1/mentor")]


def test_somebody_without_a_role_is_an_issue() -> None:
    document = a_document({"reference": "A", "grade": "SEO", "mentor": None})
    assert places(issues_of(document)) == [("NO_SECTION", "/participants/0")]


def test_a_section_that_cannot_be_read_is_still_a_section() -> None:
    document = a_document({"reference": "A", "grade": "SEO", "mentor": "yes"})
    assert places(issues_of(document)) == [("WRONG_TYPE", "/participants/0/mentor")]


def test_characteristics_without_a_recorded_basis_are_refused_and_not_shown() -> None:
    document = a_document(
        a_mentor_row(characteristics=["Canary"]),
        a_mentee_row(mentee={"seeks_characteristic": "Canary"}),
    )
    issues = issues_of(document)
    assert places(issues) == [
        ("SPECIAL_CATEGORY_NOT_ALLOWED", "/participants/0/characteristics"),
        ("SPECIAL_CATEGORY_NOT_ALLOWED", "/participants/1/mentee/seeks_characteristic"),
    ]
    assert "Canary" not in "".join(issue.model_dump_json() for issue in issues)


def test_characteristics_are_taken_on_the_basis_of_the_policy_or_of_its_profile() -> None:
    people = (
        a_mentor_row(characteristics=["Carer"]),
        a_mentee_row(mentee={"seeks_characteristic": "Carer"}),
    )
    recorded = {"special_category": {"basis": "explicit consent"}}
    assert issues_of(a_document(*people, policy=recorded)) == ()
    assert issues_of(a_document(*people, policy={"profile": "staff-network"})) == ()


def test_nothing_is_said_of_characteristics_while_the_basis_cannot_be_read() -> None:
    document = a_document(
        a_mentor_row(characteristics=["Carer"]), policy={"special_category": {"basis": 5}}
    )
    assert places(issues_of(document)) == [("WRONG_TYPE", "/policy/special_category/basis")]


def test_blank_characteristics_are_none() -> None:
    document = a_document(
        a_mentor_row(characteristics=[""]), a_mentee_row(mentee={"seeks_characteristic": " "})
    )
    assert issues_of(document) == ()
