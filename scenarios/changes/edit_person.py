"""Change what is known of somebody."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from models.domain.submission import Reference
from scenarios.change import Change
from scenarios.document import Document, NotApplicableError, Person, no_contact, with_person
from solver.wording import listed, rule_title


class EditPerson(Change):
    """Somebody's details are different. `fields` are merged into theirs by RFC 7396: an object is
    merged field by field, `null` takes a field away, and all else is replaced.
    """

    reference: Reference
    fields: dict[str, Any] = Field(min_length=1)

    def applied(self, document: Document) -> Document:
        """The document with the participant's fields merged."""
        if "reference" in self.fields:
            message = "the reference says who somebody is, and cannot be edited"
            hint = "Use `remove_person` and `add_person`."
            value = self.fields["reference"]
            raise NotApplicableError(
                "CHANGE_OF_REFERENCE", "fields/reference", value, message, hint
            )
        if "contact" in self.fields:
            raise no_contact("fields/contact")
        return with_person(document, "reference", self.reference, self._merged)

    def told(self) -> str:
        """As a sentence."""
        return f"{self.reference} has another {listed([rule_title(name) for name in self.fields])}"

    def _merged(self, person: Person) -> Person:
        return _merge(person, self.fields)


def _merge(whole: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    merged = dict(whole)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            within = merged.get(name)
            merged[name] = _merge(within if isinstance(within, dict) else {}, value)
        else:
            merged[name] = value
    return merged
