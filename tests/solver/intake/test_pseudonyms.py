from __future__ import annotations

from typing import Any

import pytest

from tests.solver.intake.documents import a_document, a_mentee_row, a_mentor_row, issues_of, places


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ada.lovelace@dept.gov.uk", "REFERENCE_IS_EMAIL"),
        ("Ada <ada@dept.gov.uk>", "REFERENCE_IS_EMAIL"),
        ("Ada Lovelace", "REFERENCE_IS_NAME"),
        ("Lovelace, Ada", "REFERENCE_IS_NAME"),
        ("Dr. Siân O'Neill-Jones", "REFERENCE_IS_NAME"),
    ],
)
def test_a_reference_is_neither_a_name_nor_an_e_mail_and_is_not_shown(text: str, code: str) -> None:
    (issue,) = issues_of(a_document(a_mentor_row(text)))
    assert (issue.code, issue.pointer) == (code, "/participants/0/reference")
    assert text not in issue.model_dump_json()


@pytest.mark.parametrize("text", ["HR-001", "12345", "mentor 7", "a@b", "Ada", "P9/α", "x_y z_1"])
def test_an_identifier_is_taken(text: str) -> None:
    assert issues_of(a_document(a_mentor_row(text))) == ()


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"person": "ada@dept.gov.uk"}, "/person"),
        ({"line_manager": "ada@dept.gov.uk"}, "/line_manager"),
        ({"previous_pairs": ["HR-1", "ada@dept.gov.uk"]}, "/previous_pairs/1"),
        ({"mentor": {"prefers": ["ada@dept.gov.uk"]}}, "/mentor/prefers/0"),
        ({"mentor": {"avoids": ["ada@dept.gov.uk"]}}, "/mentor/avoids/0"),
        ({"mentee": {"prefers": ["ada@dept.gov.uk"]}}, "/mentee/prefers/0"),
        ({"mentee": {"avoids": ["ada@dept.gov.uk"]}}, "/mentee/avoids/0"),
    ],
)
def test_nobody_else_is_named_either(fields: dict[str, Any], place: str) -> None:
    document = a_document(a_mentor_row(**fields))
    assert places(issues_of(document)) == [("REFERENCE_IS_EMAIL", f"/participants/0{place}")]


def test_an_earlier_result_names_nobody() -> None:
    pairs = [{"mentor": "Ada Lovelace", "mentee": "bo@dept.gov.uk"}]
    assert places(issues_of(a_document(earlier={"pairs": pairs}))) == [
        ("REFERENCE_IS_EMAIL", "/earlier/pairs/0/mentee"),
        ("REFERENCE_IS_NAME", "/earlier/pairs/0/mentor"),
    ]


@pytest.mark.parametrize("reference", ["lovelace.ada", "ADA_LOVELACE", "Ada-Lovelace"])
def test_a_reference_made_of_ones_own_name_is_a_name(reference: str) -> None:
    row = a_mentor_row(reference, contact={"name": "Ada Lovelace"})
    assert places(issues_of(a_document(row))) == [
        ("REFERENCE_IS_NAME", "/participants/0/reference")
    ]


def test_a_made_up_name_with_a_number_is_no_name() -> None:
    """People of the sample are called "mentor 07", and their references are `mentor-0007`."""
    row = a_mentee_row("mentee-0007", contact={"name": "mentee 07"})
    assert issues_of(a_document(row)) == ()
