"""What a planner changed in a result by hand, as the result records it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.domain.base import Frozen


class ByHand(Frozen):
    """A pair that a planner chose: among equals (`tie_choice`), or at a cost (`override`).

    `losses` is what it cost each level, the tie rule left out: nothing for a tie choice.
    `instead_of` is the digest of the certificate of the result that was changed.
    """

    kind: Literal["tie_choice", "override"]
    mentor: str
    mentee: str
    losses: dict[str, int] = Field(default_factory=dict)
    instead_of: str
