"""Failed tries to get in, by where they came from: past some in a minute no more is told."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

MOST_TRIES = 10
WITHIN_SECONDS = 60.0
MOST_ADDRESSES = 10_000
"""So many addresses are remembered; the one that failed longest ago is forgotten first."""


class FailedTries:
    """Counts failed tries in this process. A right key is never kept out by others' wrong ones."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries = OrderedDict[str, deque[float]]()

    def seconds_to_wait(self, address: str) -> float:
        """Takes note of a failed try; how long to wait before the next, 0 while there are few."""
        now = self._clock()
        tries = self._tries.setdefault(address, deque())
        self._tries.move_to_end(address)
        while tries and tries[0] <= now - WITHIN_SECONDS:
            tries.popleft()
        tries.append(now)
        if len(tries) > MOST_TRIES + 1:
            tries.popleft()
        while len(self._tries) > MOST_ADDRESSES:
            self._tries.popitem(last=False)
        return tries[0] + WITHIN_SECONDS - now if len(tries) > MOST_TRIES else 0.0
