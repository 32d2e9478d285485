"""Keep two people apart no longer."""

from __future__ import annotations

from models.domain.submission import Reference
from scenarios.change import Change
from scenarios.document import Document, without_pair


class Unbar(Change):
    """These two were kept apart and may be paired again."""

    mentor: Reference
    mentee: Reference

    def applied(self, document: Document) -> Document:
        """The document with one bar less."""
        return without_pair(document, "bars", self.mentor, self.mentee)

    def told(self) -> str:
        """As a sentence."""
        return f"{self.mentor} and {self.mentee} may be paired again"
