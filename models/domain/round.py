"""A round as the service keeps it: what was submitted, and how far it has come."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from models.domain.base import Frozen

RoundStatus = Literal[
    "draft",
    "validated",
    "invalid",
    "running",
    "solved",
    "in_review",
    "published",
    "withdrawn",
    "closed",
]


class Round(Frozen):
    """A stored round. `digest` is its problem's; `latest_run` the run that was queued last.

    `participants` counts everybody, `mentors` and `mentees` those who take part this time.
    """

    id: UUID
    name: str
    status: RoundStatus
    digest: str
    participants: int
    mentors: int
    mentees: int
    submitted_at: datetime
    latest_run: UUID | None = None
