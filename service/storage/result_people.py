"""The pairs and the people of a result, row by row, so that pages can be read of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, false, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from models.domain.result import Assignment, MatchResult, Unmatched
from models.tables import AssignmentRow, UnmatchedRow
from service.storage.database import Store

Item = TypeVar("Item")


@dataclass(frozen=True)
class Slice(Generic[Item]):
    """Some items in the result's order; `last` is the last one's place if more follow."""

    items: tuple[Item, ...]
    last: int | None


async def add(store: Store, run_id: UUID, result: MatchResult) -> None:
    """Store everybody of a result whose other facts are stored already."""
    owner = {"programme_key": store.programme, "run_id": run_id}
    await _insert(store, AssignmentRow, _assignment_rows(owner, result.assignments))
    await _insert(store, UnmatchedRow, _unmatched_rows(owner, result))


async def assignments(
    store: Store,
    run_id: UUID,
    *,
    after: int = -1,
    limit: int | None = None,
    mentor: str | None = None,
    mentee: str | None = None,
) -> Slice[Assignment]:
    """Assignments of a run past a place in the order, of one mentor or mentee where named."""
    conditions = _of_run(AssignmentRow, store, run_id)
    if mentor is not None:
        conditions = (*conditions, _is(AssignmentRow.mentor, mentor))
    if mentee is not None:
        conditions = (*conditions, _is(AssignmentRow.mentee, mentee))
    return await _slice(store, AssignmentRow, conditions, after, limit, Assignment)


async def unmatched(
    store: Store, run_id: UUID, *, after: int = -1, limit: int | None = None
) -> Slice[Unmatched]:
    """Those who have nobody, then those who have fewer than they want."""
    conditions = _of_run(UnmatchedRow, store, run_id)
    return await _slice(store, UnmatchedRow, conditions, after, limit, Unmatched)


async def everybody_left(
    store: Store, run_id: UUID
) -> tuple[tuple[Unmatched, ...], tuple[Unmatched, ...]]:
    """All who have nobody, and all who have fewer than they want."""
    found = await store.session.execute(
        select(UnmatchedRow.short, UnmatchedRow.document)
        .where(*_of_run(UnmatchedRow, store, run_id))
        .order_by(UnmatchedRow.position)
    )
    people = [(short, Unmatched.model_validate_json(text)) for short, text in found]
    return (
        tuple(person for short, person in people if not short),
        tuple(person for short, person in people if short),
    )


def _assignment_rows(owner: dict[str, Any], made: Sequence[Assignment]) -> list[dict[str, Any]]:
    return [
        {
            **owner,
            "position": position,
            "mentor": assignment.mentor,
            "mentee": assignment.mentee,
            "document": assignment.model_dump_json(),
        }
        for position, assignment in enumerate(made)
    ]


def _unmatched_rows(owner: dict[str, Any], result: MatchResult) -> list[dict[str, Any]]:
    left = [(person, False) for person in result.unmatched]
    left += [(person, True) for person in result.short]
    return [
        {
            **owner,
            "position": position,
            "reference": person.reference,
            "short": short,
            "document": person.model_dump_json(),
        }
        for position, (person, short) in enumerate(left)
    ]


async def _insert(
    store: Store, table: type[AssignmentRow | UnmatchedRow], rows: list[dict[str, Any]]
) -> None:
    if rows:
        await store.session.execute(insert(table), rows)


def _of_run(
    table: type[AssignmentRow | UnmatchedRow], store: Store, run_id: UUID
) -> tuple[ColumnElement[bool], ...]:
    return (table.programme_key == store.programme, table.run_id == run_id)


def _is(column: InstrumentedAttribute[str], asked: str) -> ColumnElement[bool]:
    # PostgreSQL has no such character, and no reference has it either.
    return false() if "\0" in asked else column == asked


async def _slice(
    store: Store,
    table: type[AssignmentRow | UnmatchedRow],
    conditions: tuple[ColumnElement[bool], ...],
    after: int,
    limit: int | None,
    model: type[Any],
) -> Slice[Any]:
    query = (
        select(table.position, table.document)
        .where(*conditions, table.position > after)
        .order_by(table.position)
    )
    # One more than asked for tells whether anything follows.
    rows = (await store.session.execute(query.limit(limit + 1 if limit else None))).all()
    shown = rows[:limit] if limit else rows
    return Slice(
        items=tuple(model.model_validate_json(text) for _, text in shown),
        last=shown[-1][0] if len(rows) > len(shown) else None,
    )
