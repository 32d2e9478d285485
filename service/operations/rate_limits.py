"""Rate limits, such as those of a caller and of a programme, counted over all processes.

A process takes allowances from the database a lot at a time and spends them on its own, so
that few requests cost a write. The limit is never passed; a process may hold back up to a lot.
"""

from __future__ import annotations

import time
from asyncio import Lock
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil

from service.errors import DatabaseUnavailable, TooManyRequests, one_issue
from service.storage import allowances
from service.storage.database import Database

WINDOW_SECONDS = 60
LOTS = 20
"""A lot is this part of the limit."""

PROGRAMME = "programme"
"""The subject under which a programme as a whole is counted; no caller is named so."""


@dataclass(frozen=True)
class Standing:
    """How much of a limit is left, as this process knows it, and when it begins anew.

    `passed` says that this request was one too many.
    """

    limit: str
    most: int
    left: int
    seconds: int
    passed: bool = False


@dataclass
class _Purse:
    """What this process may still spend for one subject in one window."""

    window: int
    left: int = 0
    taken: int = 0
    empty: bool = False
    lock: Lock = field(default_factory=Lock)


def require_allowance(standings: Sequence[Standing]) -> None:
    """Raises `TooManyRequests` where a request was one too many."""
    for passed in (each for each in standings if each.passed):
        raise TooManyRequests(
            one_issue(
                "TOO_MANY_REQUESTS",
                f"This {passed.limit} has had its {passed.most:,} requests of this minute.",
                hint="Wait as long as `Retry-After` says.",
                limit=passed.most,
            ),
            passed.seconds,
        )


class RateLimits:
    """Counts requests. `clock` gives seconds since 1970."""

    def __init__(
        self,
        database: Database,
        per_caller: int,
        per_programme: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database, self._clock = database, clock
        self._per_caller, self._per_programme = per_caller, per_programme
        self._purses: dict[tuple[str, str], _Purse] = {}

    async def spend(self, programme: str, actor: str) -> tuple[Standing, ...]:
        """Count one request of a caller, and of its programme where the caller has any left."""
        own = await self.spend_one(programme, actor, "caller", self._per_caller)
        if own.passed:
            return (own,)
        return own, await self.spend_one(programme, PROGRAMME, "programme", self._per_programme)

    async def spend_one(self, programme: str, subject: str, limit: str, most: int) -> Standing:
        """Count one for a subject, of whom there may be `most` in a minute."""
        now = self._clock()
        window, seconds = int(now // WINDOW_SECONDS), ceil(WINDOW_SECONDS - now % WINDOW_SECONDS)
        purse = self._purse(programme, subject, window)
        async with purse.lock:
            if not purse.left and not purse.empty:
                await self._refill(purse, programme, subject, most)
            if purse.left:
                purse.left -= 1
                left = max(0, most - purse.taken) + purse.left
                return Standing(limit, most, left, seconds)
        return Standing(limit, most, 0, seconds, passed=True)

    def _purse(self, programme: str, subject: str, window: int) -> _Purse:
        purse = self._purses.get((programme, subject))
        if purse is None or purse.window != window:
            # What is over is of no use to anybody; so the memory follows who calls.
            self._purses = {
                whose: held for whose, held in self._purses.items() if held.window >= window
            }
            purse = self._purses[programme, subject] = _Purse(window)
        return purse

    async def _refill(self, purse: _Purse, programme: str, subject: str, most: int) -> None:
        lot = max(1, most // LOTS)
        try:
            async with self._database.writing(programme) as store:
                purse.left = await allowances.take(store, subject, purse.window, lot, most)
        except DatabaseUnavailable:
            # The request is about to be told so itself; a limit is no reason to keep it out.
            purse.left = lot
        purse.empty = not purse.left
        purse.taken += purse.left
