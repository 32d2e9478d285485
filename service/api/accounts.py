"""The people who sign in, over HTTP, for admins: list, disable and enable them."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from models.domain.account import Account
from models.domain.base import Frozen
from service.api.paging import A_PAGE, Cursor, Limit, next_link, page_of
from service.api.problems import AnyRequest, behind_key
from service.operations.accounts import disable_account, enable_account, list_accounts
from service.operations.paging import page_within
from service.storage.database import Database


class AccountPage(Frozen):
    """Some accounts, the newest last, and the link to the next page where more follow."""

    items: tuple[Account, ...]
    next: str | None


class AccountController(Controller):
    """The accounts of the caller's programme."""

    path = "/accounts"
    tags = ("Accounts",)

    @get(
        operation_id="listAccounts",
        summary="List who signs in",
        responses=behind_key(HTTPStatus.BAD_REQUEST),
    )
    async def every(
        self,
        request: AnyRequest,
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> AccountPage:
        """Everybody who ever signed in, a page at a time, those who are disabled too."""
        wanted = page_of(limit, cursor)
        async with database.reading(programme) as store:
            page = page_within(await list_accounts(store), wanted)
        return AccountPage(items=tuple(page.items), next=next_link(request, page.next_cursor))

    @post(
        "/{account_id:uuid}/disable",
        operation_id="disableAccount",
        summary="Keep somebody out",
        status_code=int(HTTPStatus.OK),
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    )
    async def disable(
        self,
        account_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> Account:
        """End somebody's sessions at once, in every process, and let none begin."""
        async with database.writing(programme, actor) as store:
            return await disable_account(store, account_id, datetime.now(UTC))

    @post(
        "/{account_id:uuid}/enable",
        operation_id="enableAccount",
        summary="Let somebody in again",
        status_code=int(HTTPStatus.OK),
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    )
    async def enable(
        self,
        account_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
        actor: NamedDependency[str],
    ) -> Account:
        """Let somebody sign in again; the sessions that were ended stay so."""
        async with database.writing(programme, actor) as store:
            return await enable_account(store, account_id, datetime.now(UTC))
