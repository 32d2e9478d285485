"""How large a round the service takes: one that fits a process beside everything else in it.

The command line has no such limits; it has a machine for itself.
"""

from __future__ import annotations

from models.domain.issue import Issue
from service.errors import RoundRefused
from solver.intake import read_document

MOST_PARTICIPANTS = 30_000
"""A large round has 7,000. Checking a participant takes five kilobytes."""

MOST_BRACKETS = 1_000_000
"""The most lists and objects in a document: some thirty for each participant. An empty list takes
three bytes in a body and a hundred once it is read."""


def read_servable_document(body: bytes) -> tuple[object | None, tuple[Issue, ...]]:
    """A document with what is wrong with it, as `read_document` gives them.

    Raises `RoundRefused` for a round that is too large, and says nothing else about it.
    """
    brackets = body.count(b"[") + body.count(b"{")
    if brackets > MOST_BRACKETS:
        raise _too_large("lists and objects", brackets, MOST_BRACKETS)
    document, unreadable = read_document(body)
    people = document.get("participants") if isinstance(document, dict) else None
    if isinstance(people, list) and len(people) > MOST_PARTICIPANTS:
        raise _too_large("participants", len(people), MOST_PARTICIPANTS, "/participants")
    return document, unreadable


def _too_large(what: str, count: int, most: int, pointer: str = "") -> RoundRefused:
    return RoundRefused(
        [
            Issue(
                code="ROUND_TOO_LARGE",
                pointer=pointer,
                message=f"The round has {count:,} {what}, and the service takes {most:,}.",
                hint="Divide it, or match it with `pairwell match` on a machine of its own.",
                detail={"value": count, "limit": most},
            )
        ]
    )
