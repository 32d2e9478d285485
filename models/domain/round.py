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
    `version` rises with every change of the round, `revision` with every change of its document.
    """

    id: UUID
    name: str
    status: RoundStatus
    version: int = 1
    revision: int = 1
    digest: str
    participants: int
    mentors: int
    mentees: int
    submitted_at: datetime
    latest_run: UUID | None = None
    published_run: UUID | None = None


class RoundChange(Frozen):
    """One change of a round, by the version that it led to.

    `act` is one of `models.domain.round_life`; `revision` the document's from then on; `run` the
    run that it is about, such as the one that was published.
    """

    version: int
    act: str
    status: RoundStatus
    revision: int
    run: UUID | None = None
    actor: str
    at: datetime
