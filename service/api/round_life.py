"""A round's life over HTTP: what is decided about it, and what has become of it."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter

from service.api.etags import ETAG_HEADER, seen_in
from service.api.paging import A_PAGE, Cursor, Limit, next_link, page_of
from service.api.problems import AnyRequest
from service.api.representations import ChangePage, RoundView, RunPage, RunView
from service.api.round_editing import ACT_PROBLEMS, READ_PROBLEMS, shown
from service.operations.editing import RoundEditor
from service.operations.round_life import Seen, list_changes
from service.operations.rounds import list_runs
from service.storage.database import Database

RunToPublish = Annotated[
    UUID | None,
    QueryParameter(name="run", description="The run to publish; by default the latest result."),
]


act = partial(
    post,
    status_code=int(HTTPStatus.OK),
    response_headers=[ETAG_HEADER],
    responses=ACT_PROBLEMS,
)
"""A route that does something to a round, and shows what it has become."""


class RoundLifeController(Controller):
    """One round. Every act upon it names, by `If-Match`, the state that its author has seen."""

    path = "/rounds/{round_id:uuid}"
    tags = ("Rounds",)
    dependencies = {"seen": Provide(seen_in, sync_to_thread=False)}  # noqa: RUF012

    @act(
        "/submit",
        operation_id="submitForReview",
        summary="Submit a result for review",
    )
    async def submit(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
    ) -> Response[RoundView]:
        """From here on the round is not edited, until it is sent back."""
        return shown(await editor.do(round_id, "submit", seen))

    @act(
        "/send-back",
        operation_id="sendBackRound",
        summary="Send a round back from review",
    )
    async def send_back(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
    ) -> Response[RoundView]:
        """The round is `solved` again, and may be edited and solved anew."""
        return shown(await editor.do(round_id, "send_back", seen))

    @act(
        "/publish",
        operation_id="publishRound",
        summary="Publish a result",
    )
    async def publish(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
        run: RunToPublish = None,
    ) -> Response[RoundView]:
        """Make a result of the round's present document the one that counts.

        It is never changed: to publish another, withdraw it first.
        """
        return shown(await editor.publish(round_id, seen, run))

    @act(
        "/withdraw",
        operation_id="withdrawRound",
        summary="Withdraw what was published",
    )
    async def withdraw(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
    ) -> Response[RoundView]:
        """No result of the round counts any more; all of them can still be looked at."""
        return shown(await editor.do(round_id, "withdraw", seen))

    @act(
        "/close",
        operation_id="closeRound",
        summary="Close a round",
    )
    async def close(
        self,
        round_id: FromPath[UUID],
        editor: NamedDependency[RoundEditor],
        seen: NamedDependency[Seen],
    ) -> Response[RoundView]:
        """The round is over and never changes again; what was published stays so."""
        return shown(await editor.do(round_id, "close", seen))

    @get(
        "/changes",
        operation_id="listRoundChanges",
        summary="List what has become of a round",
        responses=READ_PROBLEMS,
    )
    async def changes(
        self,
        request: AnyRequest,
        round_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> ChangePage:
        """Every act upon the round, from its beginning, with who did it and what followed."""
        async with database.reading(programme) as store:
            page = await list_changes(store, round_id, page_of(limit, cursor))
        return ChangePage(items=page.items, next=next_link(request, page.next_cursor))

    @get(
        "/runs",
        operation_id="listRoundRuns",
        summary="List the runs of a round",
        responses=READ_PROBLEMS,
    )
    async def runs(
        self,
        request: AnyRequest,
        round_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> RunPage:
        """Every run, the newest last; `stale` ones solved an earlier document of the round."""
        async with database.reading(programme) as store:
            page = await list_runs(store, round_id, page_of(limit, cursor))
        return RunPage(
            items=tuple(RunView.of(run) for run in page.items),
            next=next_link(request, page.next_cursor),
        )
