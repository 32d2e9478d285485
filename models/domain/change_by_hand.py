"""How a run came about that nobody queued: by whom, of which other run, and why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from models.domain.base import Frozen
from models.domain.by_hand import ByHand


class ChangeByHand(Frozen):
    """A run that was made of `origin_id` with one pair made by hand.

    `actor` is who did it and `reason` why, in their own words.
    """

    run_id: UUID
    origin_id: UUID
    pair: ByHand
    reason: str
    actor: str
    made_at: datetime
