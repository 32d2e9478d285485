"""The audit log's chain: every entry carries a keyed code over itself and the code before it.

The code is HMAC-SHA256 under a key that is not in the database. Whoever can write the database
alone can neither change, add, drop nor reorder an entry without the chain breaking there; that
the newest entries are gone is shown by anchors, which are kept apart.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.domain.audit import Anchor, AuditEntry

START = "0" * 64
"""What stands in place of a code before the first entry."""


@dataclass(frozen=True)
class Broken:
    """Where a log is not what was written, and what is wrong there."""

    programme: str
    position: int
    because: str


def code_of(key: bytes, before: str, entry: AuditEntry) -> str:
    """The code of an entry whose own `code` is not looked at."""
    content = json.dumps(
        entry.model_dump(mode="json", exclude={"code"}), sort_keys=True, ensure_ascii=False
    )
    return hmac.new(key, f"{before}\n{content}".encode(), hashlib.sha256).hexdigest()


def check_chain(
    key: bytes, entries: Iterable[AuditEntry], before: AuditEntry | None = None
) -> Iterator[Broken]:
    """Where the entries of one programme, by position, do not follow from each other.

    `before` is an entry that is trusted, and whose successor comes first.
    """
    last, code = (before.position, before.code) if before else (0, START)
    for entry in entries:
        if entry.position != last + 1:
            because = f"entry {last + 1} is missing, or out of its order"
            yield Broken(entry.programme, entry.position, because)
        elif not hmac.compare_digest(entry.code, code_of(key, code, entry)):
            because = "the entry is not the one that was written here"
            yield Broken(entry.programme, entry.position, because)
        # What follows is held against what stands here, so that each fault is told once.
        last, code = entry.position, entry.code


def check_anchors(anchors: Iterable[Anchor], codes: Mapping[int, str]) -> Iterator[Broken]:
    """Where one programme's log, as its codes by position, is not as it once was anchored."""
    for anchor in anchors:
        found = codes.get(anchor.position)
        if found is None:
            because = "the entry was there when the log was anchored, and is gone"
            yield Broken(anchor.programme, anchor.position, because)
        elif not hmac.compare_digest(found, anchor.code):
            because = "the entry is not the one that was anchored"
            yield Broken(anchor.programme, anchor.position, because)
