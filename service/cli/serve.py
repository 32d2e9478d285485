"""`pairwell serve`: the service over HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.settings import Settings


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
) -> None:
    """Run the service until Ctrl-C. Settings come from variables that begin with PAIRWELL_."""
    from service.cli.configuration import read_settings
    from service.cli.serving import address_of, listen, serve_until_stopped

    settings = read_settings()
    asyncio.run(_check(settings))
    with listen(host, port) as listening:
        typer.echo(f"Pairwell is at {address_of(listening)}; stop it with Ctrl-C.", err=True)
        serve_until_stopped(settings, listening)


async def _check(settings: Settings) -> None:
    from service.cli.stores import open_database

    async with open_database(settings):
        pass
