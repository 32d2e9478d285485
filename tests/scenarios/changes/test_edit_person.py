from __future__ import annotations

from typing import Any

from scenarios.changes.edit_person import EditPerson
from tests.scenarios.rounds import a_document, person, refusal


def test_an_object_is_merged_and_all_else_replaced() -> None:
    edited = _edit("M1", {"grade": "SCS1", "mentor": {"capacity": 3}}).applied(a_document())
    found = person(edited, "M1")
    assert found["grade"] == "SCS1"
    assert found["mentor"] == {"capacity": 3, "offers": ["leadership"]}


def test_null_takes_a_field_away() -> None:
    assert "mentor" not in person(_edit("M1", {"mentor": None}).applied(a_document()), "M1")


def test_a_section_can_be_given_to_somebody_who_has_none() -> None:
    edited = _edit("M1", {"mentee": {"wants": 1}}).applied(a_document())
    assert person(edited, "M1")["mentee"] == {"wants": 1}


def test_the_round_itself_stays_as_it_is() -> None:
    document = a_document()
    _edit("M1", {"mentor": {"capacity": 3}}).applied(document)
    assert document == a_document()


def test_a_reference_is_not_edited() -> None:
    renamed = _edit("M1", {"reference": "M9"})
    assert refusal(renamed, a_document()) == ("CHANGE_OF_REFERENCE", "fields/reference")


def test_no_contact_details_come_into_a_scenario() -> None:
    named = _edit("M1", {"contact": {"name": "Ann"}})
    assert refusal(named, a_document()) == ("CHANGE_WITH_CONTACT", "fields/contact")


def test_nobody_is_edited_who_is_not_there() -> None:
    assert refusal(_edit("X1", {"grade": "AO"}), a_document())[0] == "CHANGE_UNKNOWN_PERSON"


def test_it_says_what_is_different() -> None:
    told = _edit("M1", {"grade": "SCS1", "home_region": "Wales"}).told()
    assert told == "M1 has another grade and home region"


def _edit(reference: str, fields: dict[str, Any]) -> EditPerson:
    return EditPerson(reference=reference, fields=fields)
