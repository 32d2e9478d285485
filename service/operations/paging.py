"""Cursor pages: a place in an order that does not change, as a text nobody needs to read."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from service.errors import BadRequest, one_issue

Item = TypeVar("Item")

PLACE = re.compile(rb"after:(\d{1,9})")
ID = re.compile(rb"after:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class PageRequest:
    """At most `limit` items past the place `after`; -1 is before the first."""

    limit: int
    after: int = -1


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items, and the cursor of the next page where anything follows."""

    items: tuple[Item, ...]
    next_cursor: str | None

    @classmethod
    def of(cls, items: Sequence[Item], last: int | None) -> Page[Item]:
        """A page whose last item has this place; None where nothing follows."""
        return cls(tuple(items), None if last is None else cursor_after(last))


def page_within(every: Sequence[Item], page: PageRequest) -> Page[Item]:
    """The page of something that is held whole, where a place is an index."""
    start = page.after + 1
    end = start + page.limit
    return Page.of(every[start:end], end - 1 if end < len(every) else None)


def cursor_after(place: int) -> str:
    """The cursor of the page that begins after a place."""
    return _encoded(f"after:{place}")


def cursor_after_id(last: UUID) -> str:
    """The cursor of the page that begins after the thing with this id."""
    return _encoded(f"after:{last}")


def place_of(cursor: str) -> int:
    """The place that a cursor stands for. Raises `BadRequest` for any other text."""
    found = PLACE.fullmatch(_decoded(cursor))
    if not found:
        raise cursor_unknown(cursor)
    return int(found[1])


def id_of(cursor: str) -> UUID:
    """The id that a cursor stands for. Raises `BadRequest` for any other text."""
    found = ID.fullmatch(_decoded(cursor))
    if not found:
        raise cursor_unknown(cursor)
    return UUID(found[1].decode())


def cursor_unknown(cursor: str) -> BadRequest:
    """The refusal of a cursor that nobody has given out."""
    return BadRequest(
        one_issue(
            "CURSOR_UNKNOWN",
            "This cursor was not given out by the service.",
            hint="Follow the `next` link of a page, or leave the cursor out.",
            parameter="cursor",
            value=cursor,
        )
    )


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(cursor: str) -> bytes:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
