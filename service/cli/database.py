"""`pairwell database`: the schema of the service's database."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from service.cli import exits
from service.cli.audit import AnchorFile, AsJson
from service.cli.printing import printable


def upgrade() -> None:
    """Create the database, or bring its schema up to date."""
    from service.cli.configuration import read_settings
    from service.operations.database import upgrade_database

    settings = read_settings()
    asyncio.run(upgrade_database(settings))
    typer.echo(f"{settings.shown_database} is up to date.")


def check(anchors: AnchorFile = None, as_json: AsJson = False) -> None:
    """Check that the database is whole: its file, the audit log, every result's certificate.

    For a backup that was restored, before it is used. Exit codes: 0 all is well, 1 it is not.
    """
    from service.cli.configuration import read_settings
    from service.cli.stores import open_database
    from service.operations.audit import read_anchors
    from service.operations.backup import check_database

    settings = read_settings()
    path = anchors or settings.audit_anchors
    known = read_anchors(path) if path else ()

    async def checked() -> None:
        async with open_database(settings) as database:
            found = await check_database(database, settings.programme, known)
        if as_json:
            typer.echo(found.model_dump_json(indent=2))
        else:
            for fault in found.faults:
                typer.echo(f"  {printable(fault)}", err=True)
            typer.echo(
                f"{'Rejected' if found.faults else 'All is well'}: {found.entries:,} entries of "
                f"the audit log, {found.results:,} results, {found.certified:,} of them certified "
                "optimal at every level."
            )
        raise typer.Exit(exits.FAILED if found.faults else exits.SOLVED)

    asyncio.run(checked())


def downgrade(
    revision: Annotated[
        str, typer.Argument(help='The revision to go back to; "base" drops everything.')
    ],
) -> None:
    """Take the schema back to an earlier revision. What only later ones hold is lost."""
    from service.cli.configuration import read_settings
    from service.operations.database import downgrade_database

    settings = read_settings()
    asyncio.run(downgrade_database(settings, revision))
    typer.echo(f"{settings.shown_database} is at {revision}.")
