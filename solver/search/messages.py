"""What the solving process tells its parent: one JSON object a line."""

from __future__ import annotations

from typing import Literal

from models.domain.base import Frozen
from models.domain.certificate import Prices


class Task(Frozen):
    """What the parent asks: the problem as JSON, and what may be used."""

    problem: str
    seconds: float
    memory_mb: int | None = None


class Stand(Frozen):
    """A level's bound, its prices and what closed its gap, as the solving process has them."""

    name: str
    prices: Prices
    bound: int
    solved: bool = False
    engine: str | None = None


class Found(Frozen):
    """A better answer: pairs as (mentor, mentee) positions, and the stands that are new.

    `value` is that of the level being solved.
    """

    kind: Literal["found"] = "found"
    level: str
    value: int
    pairs: list[tuple[int, int]]
    stands: list[Stand]


class Done(Frozen):
    """The search is over, and everything found has been told.

    `stopped_by` is the limit that ended it before every level was solved: `time_limit`, or
    `work_limit` where CP-SAT reached its own count of work, which is the same everywhere.
    """

    kind: Literal["done"] = "done"
    versions: dict[str, str]
    stopped_by: Literal["time_limit", "work_limit"] | None = None
