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
from models.domain.round import Round
from models.domain.run import Run
from service.errors import BadRequest, RoundRefused, not_found
from service.operations.audit import record
from service.operations.quotas import require_room_in_queue
from service.operations.sizes import read_servable_document
from service.storage import identities, programmes, rounds, runs
from service.storage.database import Store
from solver.intake import read_round


@dataclass(frozen=True)
class CheckedRound:
    """A round that may stand: its document without contact details, and those apart.

    `warnings` are what was found and does not forbid going on.
    """

    document: dict[str, Any]
    problem: Problem
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
    document, unreadable = read_servable_document(body)
    if document is None and unreadable:
        raise BadRequest(unreadable)
    intake = read_round(document, programme)
    if intake.problem is None or not isinstance(document, dict) or has_errors(unreadable):
        raise RoundRefused((*unreadable, *intake.issues))
    return CheckedRound(
        document=_without_contacts(document),
        problem=intake.problem,
        contacts=dict(intake.contacts),
        warnings=(*unreadable, *intake.issues),
    )


async def submit_round(store: Store, checked: CheckedRound) -> Run:
    """Store a checked round and queue its first run; contact details go to the vault.

    Raises `QueueFull` where the programme has as many unfinished runs as it may.
    """
    now = datetime.now(UTC)
    problem = checked.problem
    round_ = Round(
        id=uuid4(),
        name=problem.name,
        status="validated",
        digest=problem.digest,
        participants=len(problem.participants),
        mentors=len(problem.mentors),
        mentees=len(problem.mentees),
        submitted_at=now,
    )
    run = Run(id=uuid4(), round_id=round_.id, status="queued", attempt=0, queued_at=now)
    await rounds.add(store, round_, checked.document, problem, checked.warnings)
    await identities.add(store, round_.id, checked.contacts)
    await runs.add(store, run)
    await record(store, "round submitted", f"round:{round_.id}", digest=round_.digest)
    await require_room_in_queue(store)
    return run


async def read_round_summary(store: Store, round_id: UUID) -> Round:
    """A round of the programme: how large it is and how far it has come."""
    found = await rounds.find(store, round_id)
    if found is None:
        raise not_found("round", round_id)
    return found


def _without_contacts(document: dict[str, Any]) -> dict[str, Any]:
    participants = [
        {field: value for field, value in participant.items() if field != "contact"}
        for participant in document["participants"]
    ]
    return {**document, "participants": participants}
