"""What a solve may use."""

from __future__ import annotations

from pydantic import Field

from models.domain.base import Frozen


class Limits(Frozen):
    """How long a solve may take and how much memory its process may hold.

    `seconds` is the soft limit on the wall clock: the answer comes at most 3 seconds later.
    `memory_mb` bounds the address space of the solving process; None leaves it unbounded.
    """

    seconds: float = Field(default=300.0, gt=0)
    memory_mb: int | None = Field(default=None, gt=0)
