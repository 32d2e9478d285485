"""What the solving process tells its parent: one JSON object a line."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.domain.base import Frozen
from models.domain.certificate import Prices
from models.domain.participant import Pair
from models.domain.result import Collision
from models.domain.stop import StopReason


class Start(Frozen):
    """What is known of a round like the one to be solved: pairs, and prices by level.

    A search may begin there, and whatever this holds, its answer is right.
    """

    pairs: tuple[Pair, ...] = ()
    prices: dict[str, Prices] = Field(default_factory=dict)


class Task(Frozen):
    """What the parent asks: the problem as JSON, and what may be used.

    With `reopen` nothing is solved yet: the pins to try, one after the other, follow.

    The seconds count from `asked_at`, a reading of `time.monotonic`, whose zero is the same
    for all processes of a machine.
    """

    problem: str
    seconds: float
    asked_at: float
    memory_mb: int | None = None
    start: Start | None = None
    reopen: bool = False


class Pinned(Frozen):
    """What the parent asks of a round that was handed over to be reopened: one pin more."""

    pin: Pair
    seconds: float
    asked_at: float


class Ready(Frozen):
    """The child has loaded what it needs and waits for its task, or is about to take it up."""

    kind: Literal["ready"] = "ready"


class Reopened(Frozen):
    """The round is ready for pins to be tried; or the child cannot help with it, and has ended."""

    kind: Literal["reopened"] = "reopened"
    possible: bool


class Stand(Frozen):
    """A level's bound, its prices and what closed its gap, as the solving process has them."""

    name: str
    prices: Prices
    bound: int
    solved: bool = False
    engine: str | None = None


class Found(Frozen):
    """A better answer: pairs as (mentor, mentee) positions, and the stands that are new.

    `value` is that of the level being solved, `values` those of all levels in their order.
    """

    kind: Literal["found"] = "found"
    level: str
    value: int
    values: tuple[int, ...] = ()
    pairs: list[tuple[int, int]]
    stands: list[Stand]


class Done(Frozen):
    """The search is over, and everything found has been told.

    `stopped_by` is the limit that ended it before every level was solved; `conflict` names the
    rules and pins that cannot hold together, where it is proved that there is no answer. `stands`
    are what is known of the levels of a reopened round of which no answer was found.
    """

    kind: Literal["done"] = "done"
    versions: dict[str, str]
    stopped_by: StopReason | None = None
    conflict: Collision | None = None
    stands: list[Stand] = Field(default_factory=list)
