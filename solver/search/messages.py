"""What the solving process tells its parent: one JSON object a line."""

from __future__ import annotations

from typing import Literal

from models.domain.base import Frozen
from models.domain.certificate import Prices
from models.domain.result import Collision
from models.domain.stop import StopReason


class Task(Frozen):
    """What the parent asks: the problem as JSON, and what may be used.

    The seconds count from `asked_at`, a reading of `time.monotonic`, whose zero is the same
    for all processes of a machine.
    """

    problem: str
    seconds: float
    asked_at: float
    memory_mb: int | None = None


class Ready(Frozen):
    """The child has loaded what it needs and waits for its task, or is about to take it up."""

    kind: Literal["ready"] = "ready"


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

    `stopped_by` is the limit that ended it before every level was solved; `conflict` names the
    rules and pins that cannot hold together, where it is proved that there is no answer.
    """

    kind: Literal["done"] = "done"
    versions: dict[str, str]
    stopped_by: StopReason | None = None
    conflict: Collision | None = None
