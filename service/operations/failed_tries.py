"""Failed tries to get in, by where they came from, counted over all processes of the service.

Only what a failed try is answered depends on it: a right key is never kept out by wrong ones
from the same address, such as a proxy's.
"""

from __future__ import annotations

import hashlib

from models.reference import civil_service
from service.operations.rate_limits import RateLimits

MOST_TRIES = 10
"""So many in a minute are told why they failed."""

GROUPS = 256
"""Addresses are counted by groups, so that a flood from many writes few rows, and none of them
holds an address. Who shares a group shares its count."""


class FailedTries:
    """Counts failed tries by the limits that all processes share."""

    def __init__(self, limits: RateLimits) -> None:
        self._limits = limits
        # Strangers belong to no programme; this one is in every database.
        self._programme = civil_service().key

    async def seconds_to_wait(self, address: str) -> float:
        """Takes note of a failed try; how long to wait before the next, 0 while there are few."""
        standing = await self._limits.spend_one(
            self._programme, f"tries:{_group_of(address)}", "address", MOST_TRIES
        )
        return standing.seconds if standing.passed else 0.0


def _group_of(address: str) -> int:
    return int.from_bytes(hashlib.sha256(address.encode()).digest()[:4]) % GROUPS
