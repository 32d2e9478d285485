"""Rounds: checking one, taking it in, looking it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from models.domain.issue import Issue, has_errors
from models.domain.participant import Contact
from models.domain.problem import Problem
from models.domain.programme import Programme
from models.domain.round import Round, RoundStatus
from models.domain.round_life import RoundAct
from models.domain.run import Run
from service.errors import BadRequest, RoundRefused, not_found
from service.operations.paging import (
    Page,
    PageRequest,
    cursor_after_id,
    cursor_unknown,
    id_of,
    page_within,
)
from service.operations.quotas import require_room_in_queue
from service.operations.round_life import write_down
from service.operations.sizes import read_servable_document
from service.storage import identities, programmes, rounds, runs
from service.storage.database import Store
from solver.intake import read_round


@dataclass(frozen=True)
class CheckedRound:
    """A round that may stand: its document without contact details, and those apart.

    `digest` is the problem's, and `warnings` are what was found and does not forbid going on.
    """

    document: dict[str, Any]
    problem: Problem
    digest: str
    contacts: dict[str, Contact]
    warnings: tuple[Issue, ...]


async def read_programme(store: Store) -> Programme:
    """The programme of the transaction, with its reference data."""
    programme = await programmes.find(store)
    if programme is None:
        raise not_found("programme", store.programme)
    return programme


def check_round(body: bytes, programme: Programme) -> CheckedRound:
    """Everything that is wrong with a submitted document, or the round it holds.

    It takes seconds of computing for a large round and touches no database. Raises
    `BadRequest` for what is no document at all and `RoundRefused` for the rest, each with
    every issue found.
    """
    document, unreadable = read_body(body)
    return check_document(document, programme, unreadable)


def read_body(body: bytes) -> tuple[object, tuple[Issue, ...]]:
    """The JSON document of a body, with what is wrong with it.

    Raises `BadRequest` where nothing can be read, `RoundRefused` where it is too large.
    """
    document, unreadable = read_servable_document(body)
    if document is None and unreadable:
        raise BadRequest(unreadable)
    return document, unreadable


def check_document(
    document: object, programme: Programme, unreadable: tuple[Issue, ...] = ()
) -> CheckedRound:
    """The round that a document holds. Raises `RoundRefused` with every issue found."""
    intake = read_round(document, programme)
    if intake.problem is None or not isinstance(document, dict) or has_errors(unreadable):
        raise RoundRefused((*unreadable, *intake.issues))
    return CheckedRound(
        document=_without_contacts(document),
        problem=intake.problem,
        # Here, where nobody waits for it: it takes a fifth of a second for a large round.
        digest=intake.problem.digest,
        contacts=dict(intake.contacts),
        warnings=(*unreadable, *intake.issues),
    )


async def submit_round(store: Store, checked: CheckedRound) -> Run:
    """Store a checked round and queue its first run; contact details go to the vault.

    Raises `QueueFull` where the programme has as many unfinished runs as it may.
    """
    round_ = await _add(store, checked, "solve", "running")
    run = await add_run(store, round_)
    await require_room_in_queue(store)
    return run


async def create_draft(store: Store, checked: CheckedRound) -> Round:
    """Store a checked round that is not to be solved yet."""
    return await _add(store, checked, "create", "draft")


async def add_run(store: Store, round_: Round) -> Run:
    """Queue a run of a round's present document."""
    run = Run(
        id=uuid4(),
        round_id=round_.id,
        revision=round_.revision,
        status="queued",
        attempt=0,
        queued_at=datetime.now(UTC),
    )
    await runs.add(store, run)
    return run


def described(round_: Round, checked: CheckedRound) -> Round:
    """The round with what is told of its document."""
    problem = checked.problem
    return round_.model_copy(
        update={
            "name": problem.name,
            "digest": checked.digest,
            "participants": len(problem.participants),
            "mentors": len(problem.mentors),
            "mentees": len(problem.mentees),
        }
    )


async def read_round_summary(store: Store, round_id: UUID) -> Round:
    """A round of the programme: how large it is and how far it has come."""
    found = await rounds.find(store, round_id)
    if found is None:
        raise not_found("round", round_id)
    return found


async def list_rounds(store: Store, limit: int, cursor: str | None) -> Page[Round]:
    """Rounds of the programme, those submitted last first."""
    before = await _place(store, cursor) if cursor is not None else None
    # One more than asked for tells whether anything follows.
    found = await rounds.newest(store, limit + 1, before)
    shown = found[:limit]
    return Page(shown, cursor_after_id(shown[-1].id) if len(found) > limit else None)


async def list_runs(store: Store, round_id: UUID, page: PageRequest) -> Page[Run]:
    """Every run of a round, also of what its document was before; the newest last."""
    await read_round_summary(store, round_id)
    return page_within(await runs.of_round(store, round_id), page)


async def _place(store: Store, cursor: str) -> tuple[datetime, UUID]:
    last = await rounds.find(store, id_of(cursor))
    if last is None:
        raise cursor_unknown(cursor)
    return last.submitted_at, last.id


async def _add(store: Store, checked: CheckedRound, act: RoundAct, status: RoundStatus) -> Round:
    unnamed = Round(
        id=uuid4(),
        name="",
        status=status,
        digest="",
        participants=0,
        mentors=0,
        mentees=0,
        submitted_at=datetime.now(UTC),
    )
    round_ = described(unnamed, checked)
    await rounds.add(store, round_)
    await rounds.add_revision(
        store, round_.id, 1, checked.document, checked.problem, checked.warnings
    )
    await identities.add(store, round_.id, checked.contacts)
    await write_down(store, round_, act)
    return round_


def _without_contacts(document: dict[str, Any]) -> dict[str, Any]:
    participants = [
        {field: value for field, value in participant.items() if field != "contact"}
        for participant in document["participants"]
    ]
    return {**document, "participants": participants}
