"""Rounds over HTTP: submit one, look at one."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime
from http import HTTPStatus
from threading import Event
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, HeaderParameter, RequestBody

from models.domain.result import MatchResult
from models.domain.run import Run
from service.api.guards import sends_json
from service.api.links import run_path
from service.api.prefer import seconds_to_wait, wait_until_finished
from service.api.problems import behind_key
from service.api.representations import AcceptedView, RoundView, RunReference
from service.api.round_body import RoundBody
from service.operations.idempotency import (
    InFlight,
    KeyTaken,
    Submission,
    recall,
    remember,
)
from service.operations.rounds import (
    CheckedRound,
    check_round,
    read_programme,
    read_round_summary,
    submit_round,
)
from service.operations.runs import read_result
from service.operations.work import RunDelivery
from service.settings import Settings
from service.storage.database import Database, Store

PREFER = HeaderParameter(
    name="prefer",
    description="`wait=20` answers with the result itself if it is there within 20 seconds.",
)


IDEMPOTENCY_KEY = HeaderParameter(
    name="idempotency-key",
    description=(
        "A fresh key of the caller's for each round, such as a UUID. A repeat with the same key "
        "and body gets the same answer for 24 hours and never makes a second round."
    ),
)


class RoundController(Controller):
    """The rounds of the key's programme."""

    path = "/rounds"
    tags = ("Rounds",)

    @post(
        operation_id="submitRound",
        summary="Submit a round",
        dto=RoundBody,
        guards=[sends_json],
        status_code=int(HTTPStatus.ACCEPTED),
        response_description="The round was taken in and waits for its solve.",
        responses={
            int(HTTPStatus.OK): ResponseSpec(
                MatchResult,
                generate_examples=False,
                description="The result, where `Prefer: wait` was given and it came in time.",
            ),
            **behind_key(
                HTTPStatus.BAD_REQUEST,
                HTTPStatus.CONFLICT,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                HTTPStatus.UNPROCESSABLE_ENTITY,
            ),
        },
    )
    async def submit(
        self,
        database: NamedDependency[Database],
        delivery: NamedDependency[RunDelivery],
        settings: NamedDependency[Settings],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
        closing: NamedDependency[Event],
        in_flight: NamedDependency[InFlight],
        intakes: NamedDependency[asyncio.Semaphore],
        data: RequestBody[bytes] = b"",
        prefer: Annotated[str | None, PREFER] = None,
        idempotency_key: Annotated[str | None, IDEMPOTENCY_KEY] = None,
    ) -> Response[AcceptedView]:
        """Check a round, store it and queue its run.

        A round with an issue in it is refused with every issue at once, and nothing of it is
        stored. Contact details go to a vault of their own and are never part of an answer.
        """
        submission = None if idempotency_key is None else Submission(idempotency_key, data)
        with in_flight.hold(programme, submission.key) if submission else nullcontext():
            async with intakes:
                accepted = await _submit(database, programme, actor, data, submission)
        await delivery.announce(accepted.run.id)
        seconds = seconds_to_wait(prefer, settings.longest_wait)
        if seconds:
            run = await wait_until_finished(database, programme, accepted.run.id, seconds, closing)
            if run.has_result:
                async with database.reading(programme) as store:
                    return _in_time(run, await read_result(store, run.id))
            reached = RunReference(id=run.id, status=run.status)
            accepted = accepted.model_copy(update={"run": reached})
        return _accepted(accepted)

    @get(
        "/{round_id:uuid}",
        operation_id="readRound",
        summary="Look at a round",
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    )
    async def read(
        self,
        round_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
    ) -> RoundView:
        """How many people a round has, how far it has come, and where its latest run is."""
        async with database.reading(programme) as store:
            return RoundView.of(await read_round_summary(store, round_id))


async def _submit(
    database: Database, programme: str, actor: str, body: bytes, submission: Submission | None
) -> AcceptedView:
    """Take a round in, or tell what was answered when it was taken in before."""
    async with database.reading(programme) as store:
        reference_data = await read_programme(store)
        before = await _recall(store, submission)
    if before is not None:
        return before
    # A large round takes a second to check: other requests are served meanwhile.
    checked = await asyncio.to_thread(check_round, body, reference_data)
    try:
        async with database.writing(programme, actor) as store:
            return await _recall(store, submission) or await _take_in(store, checked, submission)
    except KeyTaken:
        async with database.reading(programme) as store:
            before = await _recall(store, submission)
        if before is None:
            raise
        return before


async def _recall(store: Store, submission: Submission | None) -> AcceptedView | None:
    if submission is None:
        return None
    found = await recall(store, submission, datetime.now(UTC))
    return None if found is None else AcceptedView.model_validate_json(found.answer)


async def _take_in(
    store: Store, checked: CheckedRound, submission: Submission | None
) -> AcceptedView:
    run = await submit_round(store, checked)
    round_ = await read_round_summary(store, run.round_id)
    accepted = AcceptedView.of(round_, run, checked.warnings)
    if submission is not None:
        answer = accepted.model_dump_json()
        await remember(store, submission, run.id, answer, datetime.now(UTC))
    return accepted


def _accepted(view: AcceptedView) -> Response[AcceptedView]:
    return Response(view, headers={"Location": view.links["run"]})


def _in_time(run: Run, result: MatchResult) -> Response[Any]:
    headers = {
        "Location": run_path(run.id),
        "Content-Location": f"{run_path(run.id)}/result",
        "Preference-Applied": "wait",
    }
    return Response(result, status_code=int(HTTPStatus.OK), headers=headers)
