"""Insist on a pair no longer."""

from __future__ import annotations

from models.domain.submission import Reference
from scenarios.change import Change
from scenarios.document import Document, without_pair


class Unpin(Change):
    """These two were insisted on, and need not be paired any more."""

    mentor: Reference
    mentee: Reference

    def applied(self, document: Document) -> Document:
        """The document with one pin less."""
        return without_pair(document, "pins", self.mentor, self.mentee)

    def told(self) -> str:
        """As a sentence."""
        return f"{self.mentor} and {self.mentee} need not be paired any more"
