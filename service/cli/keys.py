"""`pairwell keys`: API keys of the service."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.domain.api_key import ApiKey
    from service.settings import Settings


def create(
    name: Annotated[str, typer.Argument(help="The system that will use it, such as hr-system.")],
    as_json: Annotated[bool, typer.Option("--json", help="The key as JSON.")] = False,
) -> None:
    """Make an API key. It is shown once: the service keeps only its digest."""
    from service.cli.configuration import read_settings

    key, text = asyncio.run(_create(read_settings(), name))
    if as_json:
        typer.echo(json.dumps({"id": str(key.id), "name": key.name, "key": text}))
    else:
        typer.echo(text)
        typer.echo("Keep it safe: it is not shown again.", err=True)


async def _create(settings: Settings, name: str) -> tuple[ApiKey, str]:
    from service.cli.stores import open_database
    from service.operations.keys import create_key

    async with open_database(settings) as database, database.writing(settings.programme) as store:
        return await create_key(store, name)
