"""Rounds over HTTP: submit one or begin a draft, look at one, list them."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency
from litestar.params import FromPath, RequestBody

from service.api.etags import ETAG_HEADER, etag_of
from service.api.guards import sends_json
from service.api.once import Once
from service.api.paging import A_PAGE, Cursor, Limit, next_link
from service.api.problems import AnyRequest, behind_key, behind_key_with_body
from service.api.representations import AcceptedView, DraftView, RoundPage, RoundView
from service.api.round_body import RoundBody
from service.api.waiting import IN_TIME, Prefer, Waiting
from service.operations.rounds import (
    CheckedRound,
    check_round,
    create_draft,
    list_rounds,
    read_programme,
    read_round_summary,
    submit_round,
)
from service.storage.database import Database, Store

BODY_PROBLEMS = behind_key_with_body(HTTPStatus.CONFLICT)

LOCATION_HEADER = ResponseHeader(
    name="Location", description="Where to look next.", documentation_only=True
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
        response_headers=[LOCATION_HEADER],
        response_description="The round was taken in and waits for its solve.",
        responses={**IN_TIME, **BODY_PROBLEMS},
    )
    async def submit(
        self,
        once: NamedDependency[Once],
        waiting: NamedDependency[Waiting],
        intakes: NamedDependency[asyncio.Semaphore],
        data: RequestBody[bytes] = b"",
        prefer: Prefer = None,
    ) -> Response[AcceptedView]:
        """Check a round, store it and queue its run.

        A round with an issue in it is refused with every issue at once, and nothing of it is
        stored. Contact details go to a vault of their own and are never part of an answer.
        """
        async with intakes:
            accepted = await once.answer(AcceptedView, lambda: _checked(once, data), _submit)
        return await waiting.answer(accepted, prefer)

    @post(
        "/drafts",
        operation_id="createDraft",
        summary="Begin a draft",
        dto=RoundBody,
        guards=[sends_json],
        status_code=int(HTTPStatus.CREATED),
        response_headers=[LOCATION_HEADER, ETAG_HEADER],
        response_description="The draft was stored; nothing is solved.",
        responses=BODY_PROBLEMS,
    )
    async def create(
        self,
        once: NamedDependency[Once],
        intakes: NamedDependency[asyncio.Semaphore],
        data: RequestBody[bytes] = b"",
    ) -> Response[DraftView]:
        """Check a round and store it, to be edited and solved later.

        It is checked as a submission is, and refused with every issue at once.
        """
        async with intakes:
            draft = await once.answer(DraftView, lambda: _checked(once, data), _draft)
        headers = {"Location": draft.round.links["self"], **etag_of(draft.round.version)}
        return Response(draft, headers=headers)

    @get(
        operation_id="listRounds",
        summary="List the rounds",
        responses=behind_key(HTTPStatus.BAD_REQUEST),
    )
    async def every(
        self,
        request: AnyRequest,
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> RoundPage:
        """Every round of the programme, a page at a time, those submitted last first."""
        async with database.reading(programme) as store:
            page = await list_rounds(store, limit, cursor)
        return RoundPage(
            items=tuple(RoundView.of(round_) for round_ in page.items),
            next=next_link(request, page.next_cursor),
        )

    @get(
        "/{round_id:uuid}",
        operation_id="readRound",
        summary="Look at a round",
        response_headers=[ETAG_HEADER],
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    )
    async def read(
        self,
        round_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
    ) -> Response[RoundView]:
        """How many people a round has, how far it has come, and where its latest run is."""
        async with database.reading(programme) as store:
            round_ = await read_round_summary(store, round_id)
        return Response(RoundView.of(round_), headers=etag_of(round_.version))


async def _checked(once: Once, body: bytes) -> CheckedRound:
    async with once.database.reading(once.programme) as store:
        reference_data = await read_programme(store)
    # A large round takes a second to check: other requests are served meanwhile.
    return await asyncio.to_thread(check_round, body, reference_data)


async def _submit(store: Store, checked: CheckedRound) -> tuple[UUID, AcceptedView]:
    run = await submit_round(store, checked)
    round_ = await read_round_summary(store, run.round_id)
    return run.id, AcceptedView.of(round_, run, checked.warnings)


async def _draft(store: Store, checked: CheckedRound) -> tuple[None, DraftView]:
    round_ = await create_draft(store, checked)
    return None, DraftView(round=RoundView.of(round_), issues=checked.warnings)
