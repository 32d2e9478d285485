"""Rounds over HTTP: submit one, look at one."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
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
from service.api.representations import AcceptedView, RoundView
from service.api.round_body import RoundBody
from service.operations.rounds import (
    check_round,
    read_programme,
    read_round_summary,
    submit_round,
)
from service.operations.runs import read_result
from service.operations.work import RunDelivery
from service.settings import Settings
from service.storage.database import Database

PREFER = HeaderParameter(
    name="prefer",
    description="`wait=20` answers with the result itself if it is there within 20 seconds.",
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
        data: RequestBody[bytes] = b"",
        prefer: Annotated[str | None, PREFER] = None,
    ) -> Response[AcceptedView]:
        """Check a round, store it and queue its run.

        A round with an issue in it is refused with every issue at once, and nothing of it is
        stored. Contact details go to a vault of their own and are never part of an answer.
        """
        async with database.reading(programme) as store:
            reference_data = await read_programme(store)
        # A large round takes a second to check: other requests are served meanwhile.
        checked = await asyncio.to_thread(check_round, data, reference_data)
        async with database.writing(programme, actor) as store:
            run = await submit_round(store, checked)
        await delivery.announce(run.id)
        seconds = seconds_to_wait(prefer, settings.longest_wait)
        if seconds:
            run = await wait_until_finished(database, programme, run.id, seconds)
        async with database.reading(programme) as store:
            if seconds and run.has_result:
                return _in_time(run, await read_result(store, run.id))
            round_ = await read_round_summary(store, run.round_id)
        return _accepted(AcceptedView.of(round_, run, checked.warnings))

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


def _accepted(view: AcceptedView) -> Response[AcceptedView]:
    return Response(view, headers={"Location": view.links["run"]})


def _in_time(run: Run, result: MatchResult) -> Response[Any]:
    headers = {
        "Location": run_path(run.id),
        "Content-Location": f"{run_path(run.id)}/result",
        "Preference-Applied": "wait",
    }
    return Response(result, status_code=int(HTTPStatus.OK), headers=headers)
