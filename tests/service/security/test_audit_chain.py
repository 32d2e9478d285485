"""Whatever somebody without the key does to a log is found, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from models.domain.audit import Anchor, AuditEntry
from service.security.audit_chain import START, check_anchors, check_chain, code_of
from tests.conftest import FIGURE

KEY = b"k" * 32
ENTRIES = 10_000


def a_log(entries: int, key: bytes = KEY) -> list[AuditEntry]:
    log, code = list[AuditEntry](), START
    for position in range(1, entries + 1):
        entry = AuditEntry(
            programme="p",
            position=position,
            at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=position),
            actor="worker",
            action="run finished",
            subject=f"run:{position}",
            details={"solve_status": "optimal"},
            code="",
        )
        code = code_of(key, code, entry)
        log.append(entry.model_copy(update={"code": code}))
    return log


LOG = a_log(ENTRIES)


def _changed(**fields: object) -> Callable[[Sequence[AuditEntry], int], list[AuditEntry]]:
    def change(log: Sequence[AuditEntry], place: int) -> list[AuditEntry]:
        return [*log[:place], log[place].model_copy(update=fields), *log[place + 1 :]]

    return change


def _deleted(log: Sequence[AuditEntry], place: int) -> list[AuditEntry]:
    return [*log[:place], *log[place + 1 :]]


def _inserted(log: Sequence[AuditEntry], place: int) -> list[AuditEntry]:
    return [*log[:place], log[place], *log[place:]]


def _swapped(log: Sequence[AuditEntry], place: int) -> list[AuditEntry]:
    return [*log[:place], log[place + 1], log[place], *log[place + 2 :]]


def _renumbered_without(log: Sequence[AuditEntry], place: int) -> list[AuditEntry]:
    later = [
        entry.model_copy(update={"position": entry.position - 1}) for entry in log[place + 1 :]
    ]
    return [*log[:place], *later]


def _contents_exchanged(log: Sequence[AuditEntry], place: int) -> list[AuditEntry]:
    one, other = log[place], log[place + 1]
    return [
        *log[:place],
        one.model_copy(update={"subject": other.subject, "at": other.at}),
        other.model_copy(update={"subject": one.subject, "at": one.at}),
        *log[place + 2 :],
    ]


MUTATIONS: dict[str, Callable[[Sequence[AuditEntry], int], list[AuditEntry]]] = {
    "actor": _changed(actor="somebody else"),
    "details": _changed(details={"solve_status": "feasible"}),
    "time": _changed(at=datetime(2026, 6, 1, tzinfo=UTC)),
    "code": _changed(code="f" * 64),
    "deleted": _deleted,
    "inserted": _inserted,
    "swapped": _swapped,
    "renumbered": _renumbered_without,
    "exchanged": _contents_exchanged,
}


def test_a_log_as_it_was_written_has_no_fault() -> None:
    assert list(check_chain(KEY, LOG)) == []
    assert list(check_chain(KEY, LOG[500:], LOG[499])) == []


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_every_single_change_of_every_entry_is_found_where_it_is(
    mutation: str, record_property: Callable[[str, object], None]
) -> None:
    """All entries, one after the other; each is checked from the entry before it."""
    mutate, missed = MUTATIONS[mutation], []
    for place in range(1, ENTRIES - 2):
        window = mutate(LOG[place - 1 : place + 3], 1)
        faults = list(check_chain(KEY, window[1:], window[0]))
        if not faults or faults[0].position not in range(place, place + 3):
            missed.append(place)
    record_property(
        FIGURE, f"S9: {place:,} entries {mutation}, one at a time, {len(missed)} missed"
    )
    assert missed == []


def test_a_log_written_anew_under_another_key_is_no_log_of_ours() -> None:
    forged = a_log(100, b"x" * 32)
    assert len(list(check_chain(KEY, forged))) == 100


@pytest.mark.parametrize("kept", [0, 1, 50, 99])
def test_a_tail_that_was_cut_off_is_shown_by_an_anchor(kept: int) -> None:
    anchors = [
        Anchor(programme="p", position=n, code=LOG[n - 1].code, at=LOG[n - 1].at) for n in (40, 100)
    ]
    left = LOG[:kept]
    assert list(check_chain(KEY, left)) == []
    faults = list(check_anchors(anchors, {entry.position: entry.code for entry in left}))
    assert [fault.position for fault in faults] == [n for n in (40, 100) if n > kept]


def test_an_anchor_of_another_history_is_a_fault() -> None:
    anchor = Anchor(programme="p", position=3, code="0" * 64, at=LOG[0].at)
    (fault,) = check_anchors([anchor], {entry.position: entry.code for entry in LOG[:5]})
    assert fault.because == "the entry is not the one that was anchored"
