"""What a solve may use."""

from __future__ import annotations

from pydantic import Field

from models.domain.base import Frozen


class Limits(Frozen):
    """How long a solve may take and how much memory its process may hold.

    `seconds` is the soft limit on the wall clock, from when the search is asked. A search that
    has not ended by then is ended at most 1.5 seconds later, or sooner where audit, certificate
    and reasons, which come on top, would need the time: a solve is to take no more than 3
    seconds longer than its limit.
    More than a day is refused: no clock of the system or of an engine has to hold it.
    `memory_mb` bounds the address space of the solving process; None leaves it unbounded.
    """

    seconds: float = Field(default=300.0, gt=0, le=86_400, allow_inf_nan=False)
    memory_mb: int | None = Field(default=None, gt=0)
