"""API keys over HTTP, for admins: list, make, rotate and revoke them."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from models.domain.api_key import ApiKey, KeyState
from models.domain.base import Frozen
from service.api.guards import sends_json
from service.api.paging import A_PAGE, Cursor, Limit, next_link, page_of
from service.api.problems import AnyRequest, behind_key, behind_key_with_body
from service.operations.keys import (
    LONGEST_OVERLAP_HOURS,
    KeyRequest,
    create_key,
    list_keys,
    revoke_key,
    rotate_key,
)
from service.operations.paging import page_within
from service.storage.database import Database

BOUNDS = {"minimum": 0, "maximum": LONGEST_OVERLAP_HOURS}

Overlap = Annotated[
    int,
    QueryParameter(
        ge=0,
        le=LONGEST_OVERLAP_HOURS,
        description="How many hours the old key goes on beside the new one.",
        schema_extra=BOUNDS,
    ),
]


class KeyView(ApiKey):
    """A key by its public part, and whether it still lets anybody in."""

    state: KeyState

    @classmethod
    def of(cls, key: ApiKey) -> KeyView:
        """The view of a stored key, now."""
        return cls(state=key.state_at(datetime.now(UTC)), **key.model_dump())


class KeyPage(Frozen):
    """Some keys, the newest last, and the link to the next page where more follow."""

    items: tuple[KeyView, ...]
    next: str | None


class NewKeyView(Frozen):
    """A key that was just made. `text` is what to send; it is shown once."""

    key: KeyView
    text: str


class KeyController(Controller):
    """The keys of the caller's programme."""

    path = "/keys"
    tags = ("Keys",)

    @get(
        operation_id="listKeys",
        summary="List the API keys",
        responses=behind_key(HTTPStatus.BAD_REQUEST),
    )
    async def every(
        self,
        request: AnyRequest,
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> KeyPage:
        """Every key, a page at a time, those that have ended too; never a secret."""
        page = page_of(limit, cursor)
        async with database.reading(programme) as store:
            shown = page_within(await list_keys(store), page)
        return KeyPage(
            items=tuple(KeyView.of(key) for key in shown.items),
            next=next_link(request, shown.next_cursor),
        )

    @post(
        operation_id="createKey",
        summary="Make an API key",
        guards=[sends_json],
        responses=behind_key_with_body(),
    )
    async def create(
        self,
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
        data: JSONBody[KeyRequest],
    ) -> NewKeyView:
        """Make a key with a role, an end and perhaps networks. It is shown once."""
        async with database.writing(programme, actor) as store:
            key, text = await create_key(store, data)
        return NewKeyView(key=KeyView.of(key), text=text)

    @post(
        "/{key_id:uuid}/rotate",
        operation_id="rotateKey",
        summary="Replace an API key",
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    )
    async def rotate(
        self,
        key_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
        overlap_hours: Overlap = 24,
    ) -> NewKeyView:
        """Make a new key like this one; both work until the overlap is over."""
        async with database.writing(programme, actor) as store:
            key, text = await rotate_key(store, key_id, overlap_hours)
        return NewKeyView(key=KeyView.of(key), text=text)

    @delete(
        "/{key_id:uuid}",
        operation_id="revokeKey",
        summary="Revoke an API key",
        status_code=int(HTTPStatus.OK),
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    )
    async def revoke(
        self,
        key_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> KeyView:
        """End a key at once, in every process of the service."""
        async with database.writing(programme, actor) as store:
            return KeyView.of(await revoke_key(store, key_id))
