"""What mutations look for in a result's JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]


class NothingToChangeError(Exception):
    """The result has nothing of what a mutation would change."""


def first(values: Iterable[Any]) -> Any:
    """The first of some values."""
    for value in values:
        return value
    raise NothingToChangeError


def certificate_levels(result: Json) -> list[Json]:
    """The levels of the certificate, first things first."""
    levels: list[Json] = result["certificate"]["levels"]
    return levels
