"""Runs whose worker died: found by their silence, and given to somebody else.

No clock is read from the database and none is compared between machines. Whoever watches
measures by its own monotonic clock for how long a run's sign of life has stayed the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.run import QueueFigures, RunFailure, SignOfLife
from service.operations.endings import record_end
from service.operations.runs import read_run
from service.storage import runs
from service.storage.database import Store
from service.storage.queue_figures import queue_figures

QUARANTINED = "RUN_QUARANTINED"

Sign = TypeVar("Sign")


class Watch(Generic[Sign]):
    """For how long each sign of life has stayed the same, as one worker sees it.

    `lease` is how long a silence may be, in seconds; `clock` gives seconds that never jump.
    """

    def __init__(self, lease: float, clock: Callable[[], float]) -> None:
        self._lease, self._clock = lease, clock
        self._since: dict[Sign, float] = {}

    def silent(self, signs: Sequence[Sign]) -> list[Sign]:
        """Those that have been the same for a whole lease; the others are remembered."""
        now = self._clock()
        self._since = {sign: self._since.get(sign, now) for sign in signs}
        return [sign for sign in signs if now - self._since[sign] >= self._lease]


async def signs_of_life(session: AsyncSession) -> list[SignOfLife]:
    """The last sign of every run that is being solved."""
    return await runs.signs_of_life(session)


async def read_queue_figures(session: AsyncSession) -> QueueFigures:
    """How long the queue is, and how many runs there are in each status."""
    return await queue_figures(session, QUARANTINED)


async def take_back_run(store: Store, last: SignOfLife, retries: int) -> bool:
    """Queue a silent run again, or end it where that has happened too often.

    False where it has given a sign after all, or somebody else was faster.
    """
    losses = await runs.take_back(store, last)
    if losses is None:
        return False
    if losses <= retries:
        return True
    run = await read_run(store, last.run_id)
    failure = RunFailure(
        code=QUARANTINED,
        message=f"The process that solved this run died {losses} times; it is not tried again.",
        incident=str(run.id),
    )
    await runs.quarantine(store, run.id, failure, datetime.now(UTC))
    await record_end(store, run, "failed", "run failed", code=failure.code)
    return True
