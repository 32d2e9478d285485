"""The audit log: every act is written down with the act itself, and anybody with the key can
check that nothing was changed since."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from models.domain.audit import Anchor, AuditEntry
from service.security.audit_chain import START, Broken, check_anchors, check_chain, code_of
from service.storage import audit
from service.storage.database import Store

AT_ONCE = 1000


async def record(store: Store, action: str, subject: str, **details: str) -> None:
    """Write down an act in the transaction that does it: both stand, or neither does."""
    if not store.audit_key:
        raise RuntimeError("nothing may be done without the key of the audit log")
    before = await audit.last_to_follow(store)
    entry = AuditEntry(
        programme=store.programme,
        position=before.position + 1 if before else 1,
        at=datetime.now(UTC),
        actor=store.actor,
        action=action,
        subject=subject,
        details=details,
        code="",
    )
    code = code_of(store.audit_key, before.code if before else START, entry)
    await audit.add(store, entry.model_copy(update={"code": code}))


async def check_log(store: Store, anchors: Sequence[Anchor] = ()) -> tuple[int, tuple[Broken, ...]]:
    """How many entries a programme's log has, and everywhere that it is not what was written."""
    broken, codes = list[Broken](), dict[int, str]()
    before: AuditEntry | None = None
    while entries := await audit.some(store, before.position if before else 0, AT_ONCE):
        broken += check_chain(store.audit_key, entries, before)
        codes |= {entry.position: entry.code for entry in entries}
        before = entries[-1]
    own = [anchor for anchor in anchors if anchor.programme == store.programme]
    return len(codes), (*broken, *check_anchors(own, codes))


async def anchor_log(store: Store, path: Path) -> Anchor | None:
    """Write down outside the database how far a log has come; None where nothing is new."""
    newest = await audit.last(store)
    if newest is None:
        return None
    anchor = Anchor(
        programme=store.programme,
        position=newest.position,
        code=newest.code,
        at=datetime.now(UTC),
    )
    known = [kept for kept in read_anchors(path) if kept.programme == store.programme]
    if known and known[-1].position == anchor.position:
        return None
    with path.open("a", encoding="utf-8") as file:
        file.write(anchor.model_dump_json() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """The anchors of a file, in order; none where there is no file yet."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Anchor.model_validate_json(line) for line in lines if line.strip())
