"""Results in the database: the facts in one row, their people in rows of their own."""

from __future__ import annotations

from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import undefer

from models.domain.certificate import Certificate
from models.domain.issue import Issue
from models.domain.participant import DroppedPin
from models.domain.result import (
    BlockingPairs,
    Conflict,
    FairnessPrice,
    LevelResult,
    LoadCost,
    MatchResult,
    RunReport,
    WaivedPin,
)
from models.tables import ResultRow
from service.storage import result_people
from service.storage.database import Store

LEVELS = TypeAdapter(tuple[LevelResult, ...])
LOAD_COSTS = TypeAdapter(tuple[LoadCost, ...])
WAIVED_PINS = TypeAdapter(tuple[WaivedPin, ...])
DROPPED_PINS = TypeAdapter(tuple[DroppedPin, ...])
PRICES = TypeAdapter(tuple[FairnessPrice, ...])
ISSUES = TypeAdapter(tuple[Issue, ...])


async def add(store: Store, run_id: UUID, result: MatchResult) -> None:
    """Store a result, whole."""
    store.session.add(
        ResultRow(
            programme_key=store.programme,
            run_id=run_id,
            report=result.run.model_dump_json(),
            levels=LEVELS.dump_json(result.levels).decode(),
            load_costs=LOAD_COSTS.dump_json(result.load_costs).decode(),
            waived_pins=WAIVED_PINS.dump_json(result.waived_pins).decode(),
            dropped_pins=DROPPED_PINS.dump_json(result.dropped_pins).decode(),
            blocking_pairs=result.blocking_pairs.model_dump_json(),
            price_of_fairness=PRICES.dump_json(result.price_of_fairness).decode(),
            issues=ISSUES.dump_json(result.issues).decode(),
            conflict=result.conflict.model_dump_json() if result.conflict else None,
            certificate=result.certificate.model_dump_json(),
        )
    )
    await store.session.flush()
    await result_people.add(store, run_id, result)


async def all_ids(store: Store) -> tuple[UUID, ...]:
    """The runs of the programme that have a result."""
    found = await store.session.scalars(
        select(ResultRow.run_id)
        .where(ResultRow.programme_key == store.programme)
        .order_by(ResultRow.run_id)
    )
    return tuple(found)


async def read(store: Store, run_id: UUID) -> MatchResult | None:
    """A stored result, whole; its report carries the run's id."""
    row = await store.session.get(
        ResultRow, (store.programme, run_id), options=[undefer(ResultRow.certificate)]
    )
    if row is None:
        return None
    left, short = await result_people.everybody_left(store, run_id)
    report = RunReport.model_validate_json(row.report)
    return MatchResult(
        run=report.model_copy(update={"id": str(run_id)}),
        levels=LEVELS.validate_json(row.levels),
        assignments=(await result_people.assignments(store, run_id)).items,
        unmatched=left,
        short=short,
        load_costs=LOAD_COSTS.validate_json(row.load_costs),
        waived_pins=WAIVED_PINS.validate_json(row.waived_pins),
        dropped_pins=DROPPED_PINS.validate_json(row.dropped_pins),
        blocking_pairs=BlockingPairs.model_validate_json(row.blocking_pairs),
        price_of_fairness=PRICES.validate_json(row.price_of_fairness),
        issues=ISSUES.validate_json(row.issues),
        conflict=None if row.conflict is None else Conflict.model_validate_json(row.conflict),
        certificate=Certificate.model_validate_json(row.certificate),
    )
