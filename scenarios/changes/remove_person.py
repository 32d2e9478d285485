"""Take somebody out."""

from __future__ import annotations

from typing import Any

from models.domain.programme import trimmed
from models.domain.submission import Reference
from scenarios.change import Change
from scenarios.document import Document, with_person


class RemovePerson(Change):
    """Somebody withdraws. Pins and bars that name them go with them."""

    reference: Reference

    def applied(self, document: Document) -> Document:
        """The document without the participant, and without pins and bars of theirs."""
        left = with_person(document, "reference", self.reference, lambda person: None)
        pairs = {where: self._others(left[where]) for where in ("pins", "bars") if left.get(where)}
        return left | pairs

    def told(self) -> str:
        """As a sentence."""
        return f"{self.reference} withdraws"

    def _others(self, pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            pair
            for pair in pairs
            if self.reference not in (trimmed(pair["mentor"]), trimmed(pair["mentee"]))
        ]
