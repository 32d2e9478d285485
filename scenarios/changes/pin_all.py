"""Insist on many pairs at once."""

from __future__ import annotations

from pydantic import Field

from models.domain.programme import trimmed
from models.domain.submission import PairSubmission
from scenarios.change import Change
from scenarios.document import Document
from solver.wording import counted


class PinAll(Change):
    """All of these pairs must be made, whatever it costs the others. Pairs that are pinned
    already stay so."""

    pairs: list[PairSubmission] = Field(default_factory=list)

    def applied(self, document: Document) -> Document:
        """The document with a pin for each of the pairs."""
        present = list(document.get("pins") or ())
        pinned = {(trimmed(pin["mentor"]), trimmed(pin["mentee"])) for pin in present}
        more = [
            pair.model_dump(mode="json")
            for pair in self.pairs
            if (pair.mentor, pair.mentee) not in pinned
        ]
        return document | {"pins": [*present, *more]}

    def told(self) -> str:
        """As a sentence."""
        return f"{counted(len(self.pairs), 'pair')} must be made"
