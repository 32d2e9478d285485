"""Results in the database: the facts in one row, people in rows of their own for paging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import undefer

from models.domain.certificate import Certificate
from models.domain.issue import Issue
from models.domain.result import (
    Assignment,
    LevelResult,
    LoadCost,
    MatchResult,
    RunReport,
    Unmatched,
)
from models.tables import AssignmentRow, ResultRow, UnmatchedRow
from service.storage.database import Store

LEVELS = TypeAdapter(tuple[LevelResult, ...])
LOAD_COSTS = TypeAdapter(tuple[LoadCost, ...])
ISSUES = TypeAdapter(tuple[Issue, ...])

Item = TypeVar("Item")


@dataclass(frozen=True)
class Slice(Generic[Item]):
    """Some items in the result's order; `last` is the last one's place if more follow."""

    items: tuple[Item, ...]
    last: int | None


async def add(store: Store, run_id: UUID, result: MatchResult) -> None:
    """Store a result, whole."""
    owner = {"programme_key": store.programme, "run_id": run_id}
    store.session.add(
        ResultRow(
            **owner,
            report=result.run.model_dump_json(),
            levels=LEVELS.dump_json(result.levels).decode(),
            load_costs=LOAD_COSTS.dump_json(result.load_costs).decode(),
            issues=ISSUES.dump_json(result.issues).decode(),
            certificate=result.certificate.model_dump_json(),
        )
    )
    await store.session.flush()
    await _insert(store, AssignmentRow, _assignment_rows(owner, result.assignments))
    await _insert(store, UnmatchedRow, _unmatched_rows(owner, result))


async def read(store: Store, run_id: UUID) -> MatchResult | None:
    """A stored result, whole; its report carries the run's id."""
    row = await store.session.get(
        ResultRow, (store.programme, run_id), options=[undefer(ResultRow.certificate)]
    )
    if row is None:
        return None
    unmatched = await store.session.execute(
        select(UnmatchedRow.short, UnmatchedRow.document)
        .where(*_of_run(UnmatchedRow, store, run_id))
        .order_by(UnmatchedRow.position)
    )
    left = [(short, Unmatched.model_validate_json(text)) for short, text in unmatched]
    report = RunReport.model_validate_json(row.report)
    return MatchResult(
        run=report.model_copy(update={"id": str(run_id)}),
        levels=LEVELS.validate_json(row.levels),
        assignments=(await assignments(store, run_id)).items,
        unmatched=tuple(person for short, person in left if not short),
        short=tuple(person for short, person in left if short),
        load_costs=LOAD_COSTS.validate_json(row.load_costs),
        issues=ISSUES.validate_json(row.issues),
        certificate=Certificate.model_validate_json(row.certificate),
    )


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
        conditions = (*conditions, AssignmentRow.mentor == mentor)
    if mentee is not None:
        conditions = (*conditions, AssignmentRow.mentee == mentee)
    return await _slice(store, AssignmentRow, conditions, after, limit, Assignment)


async def unmatched(
    store: Store, run_id: UUID, *, after: int = -1, limit: int | None = None
) -> Slice[Unmatched]:
    """Those who have nobody, then those who have fewer than they want."""
    conditions = _of_run(UnmatchedRow, store, run_id)
    return await _slice(store, UnmatchedRow, conditions, after, limit, Unmatched)


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
