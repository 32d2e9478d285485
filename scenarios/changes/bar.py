"""Keep two people apart."""

from __future__ import annotations

from models.domain.submission import Reference
from scenarios.change import Change
from scenarios.document import Document, with_pair


class Bar(Change):
    """These two must not be paired, whatever it costs."""

    mentor: Reference
    mentee: Reference

    def applied(self, document: Document) -> Document:
        """The document with one bar more."""
        return with_pair(document, "bars", self.mentor, self.mentee)

    def told(self) -> str:
        """As a sentence."""
        return f"{self.mentor} and {self.mentee} must not be paired"
