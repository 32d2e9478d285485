"""A small round as a document, for the tests of changes and scenarios."""

from __future__ import annotations

from typing import Any

from models.reference import civil_service
from scenarios.change import Change
from scenarios.document import NotApplicableError
from scenarios.scenario import BaseRound

Document = dict[str, Any]


def a_document(**parts: Any) -> Document:
    """Two mentors with a place each, three mentees, and whatever parts a test is about."""
    return {
        "name": "A small round",
        "policy": {"profile": "civil-service"},
        "participants": [
            _person("M1", "Grade 6", mentor={"capacity": 1, "offers": ["leadership"]}),
            _person("M2", "Grade 7", mentor={"capacity": 1, "offers": ["commercial"]}),
            _person("E1", "SEO", mentee={"wants": 1, "seeks": ["leadership"]}),
            _person("E2", "SEO", mentee={"wants": 1, "seeks": ["commercial"]}),
            _person("E3", "HEO", mentee={"wants": 1, "seeks": ["leadership"]}),
        ],
        **parts,
    }


def a_base(**parts: Any) -> BaseRound:
    """The round of the document."""
    return BaseRound.read(a_document(**parts), civil_service())


def person(document: Document, reference: str) -> Any:
    """A participant of a document by reference."""
    (found,) = [one for one in document["participants"] if one["reference"] == reference]
    return found


def refusal(change: Change, document: Document) -> tuple[str, str]:
    """The code with which a change is refused, and the field that is to blame."""
    try:
        change.applied(document)
    except NotApplicableError as fault:
        return fault.code, fault.field
    raise AssertionError("the change was made")


def _person(reference: str, grade: str, **sections: Any) -> Any:
    return {"reference": reference, "grade": grade, "regions": ["Wales"], **sections}
