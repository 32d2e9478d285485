"""Insist on a pair."""

from __future__ import annotations

from models.domain.submission import Reference
from scenarios.change import Change
from scenarios.document import Document, with_pair


class Pin(Change):
    """These two must be paired, whatever it costs the others."""

    mentor: Reference
    mentee: Reference

    def applied(self, document: Document) -> Document:
        """The document with one pin more."""
        return with_pair(document, "pins", self.mentor, self.mentee)

    def told(self) -> str:
        """As a sentence."""
        return f"{self.mentor} and {self.mentee} must be paired"
