"""`pairwell sign-in-link`: how somebody signs in to a demo or in development."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from models.domain.account import AccountRole
    from service.settings import Settings


def sign_in_link(
    role: Annotated[
        Literal["planner", "admin", "auditor"], typer.Option(help="What whoever signs in may do.")
    ] = "planner",
    address: Annotated[
        str, typer.Option(help="Where the service is running.")
    ] = "http://127.0.0.1:8000",
) -> None:
    """Make a link that signs in once, within a quarter of an hour; never in production."""
    from service.cli.configuration import read_settings

    typer.echo(asyncio.run(new_link(read_settings(), address.rstrip("/"), role)))


async def new_link(settings: Settings, address: str, role: AccountRole) -> str:
    """The address of a fresh one-time link. Raises `SettingRefused` in production."""
    from datetime import UTC, datetime

    from service.cli.stores import open_database
    from service.operations.sign_in import make_link

    async with (
        open_database(settings) as database,
        database.writing(settings.programme, "command line") as store,
    ):
        secret = await make_link(store, settings, role, datetime.now(UTC))
    return f"{address}/sign-in/link/{secret}"
