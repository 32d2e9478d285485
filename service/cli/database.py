"""`pairwell database`: the schema of the service's database."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer


def upgrade() -> None:
    """Create the database, or bring its schema up to date."""
    from service.cli.configuration import read_settings
    from service.operations.database import upgrade_database

    settings = read_settings()
    asyncio.run(upgrade_database(settings))
    typer.echo(f"{settings.shown_database} is up to date.")


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
