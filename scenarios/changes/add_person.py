"""Add somebody."""

from __future__ import annotations

from models.domain.submission import ParticipantSubmission
from scenarios.change import Change
from scenarios.document import Document, NotApplicableError, no_contact, place_of


class AddPerson(Change):
    """Somebody joins the round: a mentor, a mentee or both."""

    participant: ParticipantSubmission

    def applied(self, document: Document) -> Document:
        """The document with one participant more."""
        reference = self.participant.reference
        if place_of(document, reference) is not None:
            message = f"{reference} is in the round already"
            hint = "Change the person with `edit_person`, or give another reference."
            raise NotApplicableError(
                "CHANGE_PERSON_EXISTS", "participant/reference", reference, message, hint
            )
        if self.participant.contact is not None:
            raise no_contact("participant/contact")
        newcomer = self.participant.model_dump(mode="json", exclude_unset=True)
        return document | {"participants": [*document["participants"], newcomer]}

    def told(self) -> str:
        """As a sentence."""
        return f"{self.participant.reference} joins"
