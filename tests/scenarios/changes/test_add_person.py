from __future__ import annotations

from typing import Any

from scenarios.changes.add_person import AddPerson
from tests.scenarios.rounds import a_document, person, refusal

NEWCOMER: dict[str, Any] = {"reference": "E9", "grade": "HEO", "mentee": {"wants": 1}}


def test_the_newcomer_stands_in_the_round_as_given() -> None:
    document = a_document()
    added = AddPerson.model_validate({"participant": NEWCOMER}).applied(document)
    assert person(added, "E9") == NEWCOMER
    assert len(document["participants"]) == 5, "the round itself stays as it is"


def test_nobody_joins_under_a_reference_that_is_taken() -> None:
    twice = AddPerson.model_validate({"participant": NEWCOMER | {"reference": "M1"}})
    assert refusal(twice, a_document()) == ("CHANGE_PERSON_EXISTS", "participant/reference")


def test_nobody_brings_contact_details_into_a_scenario() -> None:
    named = AddPerson.model_validate({"participant": NEWCOMER | {"contact": {"name": "Ann"}}})
    assert refusal(named, a_document()) == ("CHANGE_WITH_CONTACT", "participant/contact")


def test_it_says_who_joins() -> None:
    assert AddPerson.model_validate({"participant": NEWCOMER}).told() == "E9 joins"
