"""`Prefer: wait` (RFC 7240): the answer itself instead of a promise, when it comes in time."""

from __future__ import annotations

import asyncio
import re
from threading import Event
from uuid import UUID

from models.domain.run import Run
from service.operations.admission import Admission
from service.operations.runs import read_run
from service.storage.database import Database

WAIT = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,6})\"?\s*(?=$|[,;])", re.IGNORECASE)

LOOK_EVERY = 0.1
"""How often the run is looked at, in seconds. The row is asked, so any worker may solve it."""


def seconds_to_wait(prefer: str | None, longest: float) -> float:
    """The wait that a `Prefer` header asks for, at most the longest; 0 where it asks for none."""
    found = WAIT.search(prefer or "")
    return min(float(found[1]), longest) if found else 0.0


async def wait_until_finished(
    database: Database, admission: Admission, run_id: UUID, seconds: float, closing: Event
) -> Run:
    """The run when it is finished, or as it is when the time is over or the service ends.

    Raises `NotAuthenticated` where the caller's key or session ends before.
    """
    clock = asyncio.get_running_loop().time
    deadline = clock() + seconds
    while True:
        async with database.reading(admission.programme) as store:
            await admission.require(store)
            run = await read_run(store, run_id)
        left = deadline - clock()
        if run.finished or left <= 0 or closing.is_set():
            return run
        await asyncio.sleep(min(LOOK_EVERY, left))
