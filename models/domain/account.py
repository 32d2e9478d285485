"""Somebody who signs in, as the service knows them: by their identity provider's word."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from models.domain.base import Frozen

AccountRole = Literal["planner", "admin", "auditor"]
"""What people may be; `hr_system` is for machines, which hold keys."""


class Account(Frozen):
    """A person of a programme's staff, one for each issuer and subject.

    `email` was verified by the provider, and is there for admins to tell people apart; `role` is
    what the provider's claim gave at the last sign-in.
    """

    id: UUID
    programme: str
    issuer: str
    subject: str
    email: str | None = None
    role: AccountRole
    created_at: datetime
    signed_in_at: datetime
    disabled_at: datetime | None = None
