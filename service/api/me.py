"""Who the caller is, and the end of their session."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal

from litestar import Controller, get, post
from litestar.di import NamedDependency

from models.domain.api_key import ApiKey, KeyRole
from models.domain.base import Frozen
from models.domain.session import Session
from service.api.cookies import SESSION, no_session_cookie
from service.api.problems import AnyRequest, behind_key
from service.operations.sessions import end_session
from service.security.session_ids import csrf_token_of
from service.storage.database import Database


class MeView(Frozen):
    """Who calls. `csrf_token` goes into `X-CSRF-Token` of every request that changes something;
    a key has none and needs none."""

    by: Literal["key", "session"]
    actor: str
    programme: str
    role: KeyRole
    expires_at: datetime
    csrf_token: str | None = None


class MeController(Controller):
    """The caller, whoever that is."""

    tags = ("Accounts",)

    @get("/me", operation_id="readMe", summary="Who am I?", responses=behind_key())
    async def me(self, request: AnyRequest) -> MeView:
        """The role and the programme of the key or the session that the request came with."""
        caller: ApiKey | Session = request.auth
        by_session = isinstance(caller, Session)
        return MeView(
            by="session" if by_session else "key",
            actor=caller.actor,
            programme=caller.programme,
            role=caller.role,
            expires_at=caller.expires_at,
            csrf_token=csrf_token_of(request.cookies[SESSION]) if by_session else None,
        )

    @post(
        "/sign-out",
        operation_id="signOut",
        summary="Sign out",
        status_code=int(HTTPStatus.NO_CONTENT),
        response_cookies=[no_session_cookie()],
        responses=behind_key(),
    )
    async def sign_out(
        self,
        request: AnyRequest,
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> None:
        """End the caller's session, in every process; a key has none, and stays as it is."""
        caller: ApiKey | Session = request.auth
        if isinstance(caller, Session):
            async with database.writing(programme, actor) as store:
                await end_session(store, caller.id, datetime.now(UTC))
