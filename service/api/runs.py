"""Runs over HTTP: how far one has come, its result, its pairs and the reasons for them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from models.domain.result import Assignment, MatchResult
from service.api.paging import A_PAGE, Cursor, Limit, next_link, page_of
from service.api.problems import AnyRequest, behind_key
from service.api.representations import (
    AssignmentPage,
    AssignmentView,
    ExplanationPage,
    RunView,
    UnmatchedPage,
)
from service.operations.endings import cancel_run, stop_run
from service.operations.runs import (
    explain_pair,
    list_assignments,
    list_unmatched,
    read_result,
    read_run,
)
from service.storage.database import Database

Mentor = Annotated[str | None, QueryParameter(description="Only pairs of this mentor.")]
Mentee = Annotated[str | None, QueryParameter(description="Only pairs of this mentee.")]

RESULT_PROBLEMS = behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


class RunController(Controller):
    """The runs of the key's programme."""

    path = "/runs/{run_id:uuid}"
    tags = ("Runs",)

    @get(
        operation_id="readRun",
        summary="Look at a run",
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    )
    async def read(
        self,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
    ) -> RunView:
        """How far the run has come; ask again until its status is `solved`."""
        async with database.reading(programme) as store:
            return RunView.of(await read_run(store, run_id))

    @post(
        "/cancel",
        operation_id="cancelRun",
        summary="Cancel a run",
        status_code=int(HTTPStatus.OK),
        responses=RESULT_PROBLEMS,
    )
    async def cancel(
        self,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> RunView:
        """The run ends at once, without a result; to keep the best so far, stop it instead."""
        async with database.writing(programme, actor) as store:
            return RunView.of(await cancel_run(store, run_id))

    @post(
        "/stop",
        operation_id="stopRun",
        summary="Stop a run and keep the best so far",
        status_code=int(HTTPStatus.ACCEPTED),
        responses=RESULT_PROBLEMS,
    )
    async def stop(
        self,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> RunView:
        """The search ends within seconds; then the run is `stopped`, with a valid result."""
        async with database.writing(programme, actor) as store:
            return RunView.of(await stop_run(store, run_id))

    @get(
        "/result",
        operation_id="readResult",
        summary="Read a whole result",
        responses=RESULT_PROBLEMS,
    )
    async def result(
        self,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
    ) -> MatchResult:
        """The levels with their proofs, every pair with its reasons, and the certificate."""
        async with database.reading(programme) as store:
            return await read_result(store, run_id)

    @get(
        "/assignments",
        operation_id="listAssignments",
        summary="List the pairs",
        responses=RESULT_PROBLEMS,
    )
    async def assignments(
        self,
        request: AnyRequest,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> AssignmentPage:
        """The pairs that were made, a page at a time, in an order that never changes."""
        async with database.reading(programme) as store:
            page = await list_assignments(store, run_id, page_of(limit, cursor))
        return AssignmentPage(
            items=tuple(AssignmentView.of(run_id, made) for made in page.items),
            next=next_link(request, page.next_cursor),
        )

    @get(
        "/explanations",
        operation_id="listExplanations",
        summary="List the pairs with their reasons",
        responses=RESULT_PROBLEMS,
    )
    async def explanations(
        self,
        request: AnyRequest,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        mentor: Mentor = None,
        mentee: Mentee = None,
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> ExplanationPage:
        """Why each pair: points rule by rule, the hard rules passed, and the ranks."""
        async with database.reading(programme) as store:
            page = await list_assignments(
                store, run_id, page_of(limit, cursor), mentor=mentor, mentee=mentee
            )
        return ExplanationPage(items=page.items, next=next_link(request, page.next_cursor))

    @get(
        "/explanations/{mentor:str}/{mentee:str}",
        operation_id="explainPair",
        summary="Why this pair",
        responses=RESULT_PROBLEMS,
    )
    async def explanation(
        self,
        run_id: FromPath[UUID],
        mentor: FromPath[str],
        mentee: FromPath[str],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
    ) -> Assignment:
        """Why these two were paired. References with a slash go by the list's parameters."""
        async with database.reading(programme) as store:
            return await explain_pair(store, run_id, mentor, mentee)

    @get(
        "/unmatched",
        operation_id="listUnmatched",
        summary="List who was left over",
        responses=RESULT_PROBLEMS,
    )
    async def unmatched(
        self,
        request: AnyRequest,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> UnmatchedPage:
        """Who has nobody, then who has fewer than they want, each with the first reason."""
        async with database.reading(programme) as store:
            page = await list_unmatched(store, run_id, page_of(limit, cursor))
        return UnmatchedPage(items=page.items, next=next_link(request, page.next_cursor))
