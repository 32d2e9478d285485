"""Sessions over HTTP, for admins: list and end them."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from litestar import Controller, delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from models.domain.session import Session
from service.api.problems import behind_key
from service.operations.sessions import end_session, list_sessions
from service.storage.database import Database


class SessionController(Controller):
    """The sessions of the caller's programme."""

    path = "/sessions"
    tags = ("Accounts",)

    @get(operation_id="listSessions", summary="List who is signed in", responses=behind_key())
    async def active(
        self, database: NamedDependency[Database], programme: NamedDependency[str]
    ) -> tuple[Session, ...]:
        """Every active session; never the id that its browser holds."""
        async with database.reading(programme) as store:
            return await list_sessions(store, datetime.now(UTC))

    @delete(
        "/{session_id:uuid}",
        operation_id="endSession",
        summary="End a session",
        status_code=int(HTTPStatus.OK),
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    )
    async def end(
        self,
        session_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> Session:
        """Sign somebody out of one browser at once, in every process."""
        async with database.writing(programme, actor) as store:
            return await end_session(store, session_id, datetime.now(UTC))
