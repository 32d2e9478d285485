"""Give a mentor more or fewer places."""

from __future__ import annotations

from pydantic import Field

from models.domain.submission import MOST_PARTNERS, Reference
from scenarios.change import Change
from scenarios.document import Document, NotApplicableError, Person, with_person


class Capacity(Change):
    """A mentor takes another number of mentees; 0 means not this time."""

    mentor: Reference
    capacity: int = Field(ge=0, le=MOST_PARTNERS, strict=True)

    def applied(self, document: Document) -> Document:
        """The document with the mentor's capacity set."""
        return with_person(document, "mentor", self.mentor, self._given_places)

    def told(self) -> str:
        """As a sentence."""
        mentees = "mentee" if self.capacity == 1 else "mentees"
        return f"{self.mentor} takes at most {self.capacity} {mentees}"

    def _given_places(self, person: Person) -> Person:
        section = person.get("mentor")
        if section is None:
            message = f"{self.mentor} is no mentor"
            hint = "Give them a mentor section with `edit_person`."
            raise NotApplicableError("CHANGE_NOT_A_MENTOR", "mentor", self.mentor, message, hint)
        return person | {"mentor": section | {"capacity": self.capacity}}
