"""Say what went before."""

from __future__ import annotations

from pydantic import Field

from models.domain.submission import EarlierPairSubmission
from scenarios.change import Change
from scenarios.document import Document
from solver.wording import counted


class Earlier(Change):
    """The round follows an earlier result: these are its pairs, in place of any others."""

    pairs: list[EarlierPairSubmission] = Field(default_factory=list)

    def applied(self, document: Document) -> Document:
        """The document with the earlier result's pairs."""
        pairs = [pair.model_dump(mode="json", exclude_unset=True) for pair in self.pairs]
        return document | {"earlier": {"pairs": pairs}}

    def told(self) -> str:
        """As a sentence."""
        return f"an earlier result has {counted(len(self.pairs), 'pair')}"
