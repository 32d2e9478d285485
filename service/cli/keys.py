"""`pairwell keys`: API keys of the service."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.stores import with_store

if TYPE_CHECKING:
    from models.domain.api_key import ApiKey
    from service.storage.database import Store

AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]
Prefix = Annotated[str, typer.Argument(help="The key's public part, as `keys list` shows it.")]


def create(
    name: Annotated[str, typer.Argument(help="The system that will use it, such as hr-system.")],
    role: Annotated[
        Literal["hr_system", "planner", "admin", "auditor"],
        typer.Option(help="What the key may do."),
    ] = "hr_system",
    days: Annotated[int, typer.Option(help="How long it lasts, at most a year.")] = 365,
    network: Annotated[
        list[str] | None,
        typer.Option(help="A network that it may be used from, as a CIDR block; any if none."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make an API key. It is shown once: the service keeps only its digest."""
    from service.operations.keys import KeyRequest, create_key

    wanted = KeyRequest(name=name, role=role, days=days, networks=tuple(network or ()))
    _show_new(*asyncio.run(with_store(lambda store: create_key(store, wanted))), as_json)


def list_all(as_json: AsJson = False) -> None:
    """List the API keys of the programme, those that have ended too."""
    from datetime import UTC, datetime

    from service.cli.printing import printable
    from service.operations.keys import list_keys

    now = datetime.now(UTC)
    keys = asyncio.run(with_store(list_keys))
    if as_json:
        rows = [{**key.model_dump(mode="json"), "state": key.state_at(now)} for key in keys]
        typer.echo(json.dumps(rows, indent=2))
        return
    for key in keys:
        standing = f"{key.state_at(now):7}  until {key.expires_at:%Y-%m-%d}"
        typer.echo(f"{key.prefix}  {key.role:9}  {standing}  {printable(key.name)}")


def rotate(
    prefix: Prefix,
    overlap_hours: Annotated[
        int, typer.Option(min=0, max=168, help="How long the old key goes on, in hours.")
    ] = 24,
    as_json: AsJson = False,
) -> None:
    """Make a new key like an old one, which ends after the overlap."""
    from service.operations.keys import rotate_key

    async def rotated(store: Store) -> tuple[ApiKey, str]:
        return await rotate_key(store, (await _named(store, prefix)).id, overlap_hours)

    _show_new(*asyncio.run(with_store(rotated)), as_json)


def revoke(prefix: Prefix) -> None:
    """End a key at once, in every process of the service."""
    from service.operations.keys import revoke_key

    async def revoked(store: Store) -> ApiKey:
        return await revoke_key(store, (await _named(store, prefix)).id)

    key = asyncio.run(with_store(revoked))
    typer.echo(f"The key {key.prefix} is revoked.")


async def _named(store: Store, prefix: str) -> ApiKey:
    from service.operations.keys import list_keys

    for key in await list_keys(store):
        if key.prefix == prefix:
            return key
    raise CommandFailed(f"there is no key {prefix} in this programme", exits.INVALID_INPUT)


def _show_new(key: ApiKey, text: str, as_json: bool) -> None:
    if as_json:
        facts = key.model_dump(mode="json", include={"id", "name", "role", "expires_at"})
        typer.echo(json.dumps({**facts, "key": text}))
    else:
        typer.echo(text)
        typer.echo("Keep it safe: it is not shown again.", err=True)
