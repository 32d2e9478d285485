"""What the audit log says of one act: who did what to what, never a name or a contact detail."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from models.domain.base import Frozen


class AuditEntry(Frozen):
    """One act in a programme, at its position from 1, with the code that binds it to all before.

    `actor` is a key's prefix or the part of the service that acted; `subject` a kind and an id,
    such as `round:…`. `details` are short facts by name; `code` is in hex.
    """

    programme: str
    position: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, str] = Field(default_factory=dict)
    code: str


class Anchor(Frozen):
    """How far a programme's log had come at some moment: kept apart from the database."""

    programme: str
    position: int
    code: str
    at: datetime
