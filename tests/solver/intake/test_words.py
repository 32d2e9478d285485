from __future__ import annotations

from itertools import permutations

import pytest

from tests.solver.intake.documents import (
    a_document,
    a_mentee_row,
    a_mentor_row,
    issues_of,
    places,
    problem_of,
)


def test_an_unknown_grade_is_refused_with_the_nearest_and_all_of_them() -> None:
    (issue,) = issues_of(a_document(a_mentor_row(grade="Grade 77")))
    assert (issue.code, issue.pointer) == ("UNKNOWN_GRADE", "/participants/0/grade")
    assert issue.message == '"Grade 77" is no grade of the programme'
    assert issue.hint.startswith('Did you mean "Grade 7"? Known are AA, AO, EO,')
    assert issue.detail == {"value": "Grade 77"}


@pytest.mark.parametrize("grade", ["", "   ", "Grade\u00a07"])
def test_a_grade_is_never_guessed(grade: str) -> None:
    document = a_document(a_mentor_row(grade=grade))
    assert places(issues_of(document)) == [("UNKNOWN_GRADE", "/participants/0/grade")]


def test_every_unknown_region_is_refused_in_its_place() -> None:
    row = a_mentor_row(regions=["Wales", "Atlantis", "Lyonesse"], home_region="Avalon")
    assert places(issues_of(a_document(row))) == [
        ("UNKNOWN_REGION", "/participants/0/home_region"),
        ("UNKNOWN_REGION", "/participants/0/regions/1"),
        ("UNKNOWN_REGION", "/participants/0/regions/2"),
    ]


def test_a_region_that_only_looks_like_one_is_refused() -> None:
    """The first letter is Cyrillic."""
    document = a_document(a_mentor_row(regions=["\u0421ymru"]))
    assert places(issues_of(document)) == [("UNKNOWN_REGION", "/participants/0/regions/0")]


def test_unlisted_professions_and_expertise_are_kept_with_one_warning_for_each_word() -> None:
    document = a_document(
        a_mentor_row("A", profession="Polcy", mentor={"offers": ["leadershp", "policy"]}),
        a_mentee_row("B", profession="polcy", mentee={"seeks": ["Leadershp", "dowsing"]}),
    )
    issues = issues_of(document)
    assert [(i.code, i.severity, i.detail["value"], i.hint) for i in issues] == [
        ("UNKNOWN_EXPERTISE", "warning", "Leadershp", 'Did you mean "leadership"?'),
        ("UNKNOWN_EXPERTISE", "warning", "dowsing", ""),
        ("UNKNOWN_PROFESSION", "warning", "Polcy", 'Did you mean "Policy"?'),
    ]
    assert issues[0].detail["references"] == ["A", "B"]
    assert problem_of(document).by_reference["B"].learning.seeks == ("Leadershp", "dowsing")


def test_a_warning_names_a_few_people_and_counts_all() -> None:
    rows = [a_mentor_row(f"M-{number:02}", profession="Plumbing") for number in range(12)]
    (issue,) = issues_of(a_document(*rows))
    assert issue.detail["count"] == 12
    assert issue.detail["references"] == ["M-00", "M-01", "M-02", "M-03", "M-04"]


def test_warnings_are_the_same_for_every_order_of_the_rows() -> None:
    """They stand in the result, which is the same byte for byte."""
    rows = [
        a_mentor_row("A", profession="Plumbing"),
        a_mentor_row("B", profession="plumbing", mentor={"offers": ["dowsing"]}),
        a_mentee_row("C", mentee={"seeks": ["DOWSING"]}),
    ]
    assert len({issues_of(a_document(*order)).__repr__() for order in permutations(rows)}) == 1


def test_an_unlisted_department_is_no_cause_for_a_warning() -> None:
    assert issues_of(a_document(a_mentor_row(department="Department of Joy"))) == ()
