"""A round that is put together over HTTP: its document is changed, checked and solved."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, patch, post, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, RequestBody

from models.domain.round import Round
from models.domain.submission import RoundSubmission
from service.api.etags import ETAG_HEADER, etag_of, seen_in
from service.api.guards import sends_json, sends_merge_patch
from service.api.problems import behind_key, behind_key_with_body
from service.api.representations import AcceptedView, RoundView
from service.api.round_body import PatchBody, RoundBody
from service.api.waiting import IN_TIME, Prefer, Waiting
from service.operations.editing import RoundEditor, read_kept_round
from service.operations.round_life import Seen
from service.operations.rounds import read_round_summary
from service.storage.database import Database

READ_PROBLEMS = behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)

ACT_PROBLEMS = behind_key(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.PRECONDITION_REQUIRED,
)

CHECK_PROBLEMS = ACT_PROBLEMS | behind_key(HTTPStatus.UNPROCESSABLE_ENTITY)

EDIT_PROBLEMS = CHECK_PROBLEMS | behind_key_with_body()


class RoundEditingController(Controller):
    """One round. Every change of it names, by `If-Match`, the state that its author has seen."""

    path = "/rounds/{round_id:uuid}"
    tags = ("Rounds",)
    dependencies = {"seen": Provide(seen_in, sync_to_thread=False)}  # noqa: RUF012

    @get(
        "/document",
        operation_id="readDocument",
        summary="Read a round's document",
        response_headers=[ETAG_HEADER],
        responses=READ_PROBLEMS,
    )
    async def document(
        self,
        round_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
    ) -> Response[RoundSubmission]:
        """The round as it was submitted and edited; contact details are never shown."""
        async with database.reading(programme) as store:
            kept = await read_kept_round(store, round_id)
        document: Any = kept.document
        return Response(document, headers=etag_of(kept.round_.version))

    @put(
        "/document",
        operation_id="replaceDocument",
        summary="Replace a round's document",
        dto=RoundBody,
        guards=[sends_json],
        response_headers=[ETAG_HEADER],
        responses=EDIT_PROBLEMS,
    )
    async def replace(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
        data: RequestBody[bytes] = b"",
    ) -> Response[RoundView]:
        """Put another document in its place. Results so far are stale from then on, not lost.

        Contact details that are not given stay as they are while the person is in the round.
        """
        return shown(await editor.replace(round_id, seen, data))

    @patch(
        "/document",
        operation_id="editDocument",
        summary="Change parts of a round's document",
        dto=PatchBody,
        guards=[sends_merge_patch],
        response_headers=[ETAG_HEADER],
        responses=EDIT_PROBLEMS,
    )
    async def edit(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
        data: RequestBody[bytes] = b"",
    ) -> Response[RoundView]:
        """A JSON Merge Patch (RFC 7396), in which `participants` is an object by reference.

        Whoever is named is changed, or added where nobody has the reference; null removes.
        Other lists are replaced as a whole.
        """
        return shown(await editor.merge(round_id, seen, data))

    @post(
        "/check",
        operation_id="checkRound",
        summary="Check a round",
        status_code=int(HTTPStatus.OK),
        response_headers=[ETAG_HEADER],
        responses=CHECK_PROBLEMS,
    )
    async def check(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
    ) -> Response[RoundView]:
        """Check the document by what the programme knows now: `validated`, or `invalid`."""
        return shown(await editor.check(round_id, seen))

    @post(
        "/solve",
        operation_id="solveRound",
        summary="Solve a round",
        status_code=int(HTTPStatus.ACCEPTED),
        response_headers=[ETAG_HEADER],
        response_description="The round was checked and waits for its solve.",
        responses={**IN_TIME, **CHECK_PROBLEMS},
    )
    async def solve(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        waiting: NamedDependency[Waiting],
        prefer: Prefer = None,
    ) -> Response[AcceptedView]:
        """Check the document once more and queue a run of it."""
        run = await editor.solve(round_id, seen)
        async with database.reading(programme) as store:
            round_ = await read_round_summary(store, round_id)
        accepted = AcceptedView.of(round_, run, ())
        return await waiting.answer(accepted, prefer, etag_of(round_.version))


def shown(round_: Round) -> Response[RoundView]:
    """A round as it has become, with the ETag that it has from then on."""
    return Response(RoundView.of(round_), headers=etag_of(round_.version))
