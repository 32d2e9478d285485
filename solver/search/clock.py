"""The limits of one search: what is left of them, and which of them was felt."""

from __future__ import annotations

import time

from models.domain.stop import StopReason


class Clock:
    """The wall clock of a search, and its memory of what stopped somebody.

    Whoever is given `seconds_left` as a limit says afterwards what ended its work, if not the
    work itself: an engine's own count of work is the same on every machine, the wall clock is
    not. `asked_at` is a reading of `time.monotonic`, which all processes of a machine share.
    """

    def __init__(self, seconds: float, asked_at: float | None = None) -> None:
        self._end = seconds + (time.monotonic() if asked_at is None else asked_at)
        self._felt: set[StopReason] = set()

    def seconds_left(self) -> float:
        """Seconds until the limit; below 0 once it has passed."""
        return self._end - time.monotonic()

    def for_a_share(self, share: float) -> Clock:
        """A clock for a share of what is left; this one remembers what is felt on it."""
        part = Clock(share * self.seconds_left())
        part._felt = self._felt
        return part

    def has_run_out(self) -> bool:
        """Whether the limit has passed, for work that ends by itself when it has."""
        run_out = self.seconds_left() <= 0
        if run_out:
            self.stopped("time_limit")
        return run_out

    def stopped(self, limit: StopReason) -> None:
        """Takes note that this limit ended somebody's work before its end."""
        self._felt.add(limit)

    @property
    def stop_reason(self) -> StopReason:
        """Why a search that is over left something open: the first that was felt of the two
        limits, the wall clock's before the work's. Where neither was, no engine was trusted
        with what is left."""
        limits: tuple[StopReason, ...] = ("time_limit", "work_limit")
        return next((limit for limit in limits if limit in self._felt), "engine_limit")
