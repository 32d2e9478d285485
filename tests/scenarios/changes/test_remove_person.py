from __future__ import annotations

from scenarios.changes.remove_person import RemovePerson
from tests.scenarios.rounds import a_document, refusal


def test_the_person_goes_with_their_pins_and_bars() -> None:
    kept, gone = {"mentor": "M2", "mentee": "E2"}, {"mentor": "M1", "mentee": "E1"}
    document = a_document(pins=[gone, kept], bars=[{"mentor": "M2", "mentee": "E1"}])
    left = RemovePerson(reference="E1").applied(document)
    assert [one["reference"] for one in left["participants"]] == ["M1", "M2", "E2", "E3"]
    assert (left["pins"], left["bars"]) == ([kept], [])


def test_a_reference_that_is_written_with_blanks_is_found() -> None:
    document = a_document()
    document["participants"][0]["reference"] = " M1 "
    assert len(RemovePerson(reference="M1").applied(document)["participants"]) == 4


def test_nobody_withdraws_who_is_not_there() -> None:
    gone = RemovePerson(reference="X1")
    assert refusal(gone, a_document()) == ("CHANGE_UNKNOWN_PERSON", "reference")


def test_it_says_who_withdraws() -> None:
    assert RemovePerson(reference="E1").told() == "E1 withdraws"
