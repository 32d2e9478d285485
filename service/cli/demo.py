"""`pairwell demo`: the main job from end to end, with nothing to set up."""

from __future__ import annotations

import asyncio
import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.failures import CommandFailed

if TYPE_CHECKING:
    from uuid import UUID

    from models.domain.result import MatchResult
    from service.operations.samples import SampleProfile, SampleSize
    from service.settings import Settings
    from service.storage.database import Database

HOST = "127.0.0.1"
USUAL_PORT = 8000

SIZE: SampleSize = "small"
PROFILE: SampleProfile = "staff-network"


@dataclass(frozen=True)
class _Demonstration:
    """A round that went through the service, and a key to look at it with."""

    run_id: UUID
    key: str
    result: MatchResult


def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo's database is kept.")] = Path(
        "pairwell-demo"
    ),
    database_url: Annotated[
        str | None, typer.Option(help="A database to use instead, such as postgresql://….")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="8000, or a free one if it is taken.")
    ] = None,
    explaining: Annotated[
        bool,
        typer.Option(
            "--explain", help="Explain ten pairs, ten pairs not made and ten people left over."
        ),
    ] = False,
    serving: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Leave the service running at the end.")
    ] = True,
) -> None:
    """Match the shipped sample through the service, show the pairs, and leave it running."""
    from service.cli.configuration import read_settings
    from service.cli.explanations import print_explanations
    from service.cli.result_tables import print_pairs, print_summary
    from service.cli.serving import address_of, serve_until_stopped
    from service.cli.sign_in_link import new_link
    from service.operations.samples import sample_problem

    settings = read_settings(database_url=database_url or _file_in(folder), database_owner_url=None)
    typer.echo(f"The demo's database is {settings.shown_database}.")
    typer.echo("Matching 50 made-up mentors with 50 made-up mentees …")
    shown = asyncio.run(_demonstrate(settings))
    print_pairs(shown.result)
    print_summary(shown.result)
    if explaining:
        print_explanations(sample_problem(SIZE, PROFILE), shown.result)
    if serving:
        with _listen(port) as listening:
            address = address_of(listening)
            _print_address(address, shown)
            if not settings.in_production:
                link = asyncio.run(new_link(settings, address, "planner"))
                typer.echo(f"Sign in, once and within 15 minutes: {link}")
            typer.echo("Stop it with Ctrl-C.")
            serve_until_stopped(settings, listening)


def _file_in(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder.resolve() / 'pairwell.sqlite3'}"


async def _demonstrate(settings: Settings) -> _Demonstration:
    from service.cli.stores import open_database
    from service.operations.database import upgrade_database
    from service.operations.keys import KeyRequest, create_key
    from service.operations.runs import read_result

    await upgrade_database(settings)
    async with open_database(settings) as database:
        async with database.writing(settings.programme) as store:
            _, key = await create_key(store, KeyRequest(name="demo", role="planner"))
        run_id = await _submit_sample(database, settings)
        await _solve_what_waits(database, settings)
        async with database.reading(settings.programme) as store:
            return _Demonstration(run_id, key, await read_result(store, run_id))


async def _submit_sample(database: Database, settings: Settings) -> UUID:
    from service.operations.rounds import check_round, read_programme, submit_round
    from service.operations.samples import sample_round

    body = json.dumps(sample_round(SIZE, PROFILE)).encode()
    async with database.writing(settings.programme) as store:
        checked = check_round(body, await read_programme(store))
        return (await submit_round(store, checked)).id


async def _solve_what_waits(database: Database, settings: Settings) -> None:
    """What the service's worker does, with the progress on this terminal."""
    from service.cli.solving import solve
    from service.operations.work import claim_run, finish_run, load_errand

    while True:
        async with database.across_programmes(writing=True) as session:
            claim = await claim_run(session)
        if claim is None:
            return
        async with database.reading(claim.programme) as store:
            errand = await load_errand(store, claim.run)
        result = solve(errand.problem, settings.time_limit, errand.warnings)
        async with database.writing(claim.programme) as store:
            await finish_run(store, claim.run, result)


def _listen(port: int | None) -> socket.socket:
    from service.cli.serving import listen

    if port is not None:
        return listen(HOST, port)
    try:
        return listen(HOST, USUAL_PORT)
    except CommandFailed:
        return listen(HOST, 0)


def _print_address(address: str, shown: _Demonstration) -> None:
    typer.echo(f"\nThe service is running at {address}")
    typer.echo(f"  documentation: {address}/docs")
    typer.echo(f"  an API key:    {shown.key}")
    typer.echo("  for example:")
    typer.echo(f'    curl -H "Authorization: Bearer {shown.key}" \\')
    typer.echo(f"      {address}/v1/runs/{shown.run_id}/assignments")
