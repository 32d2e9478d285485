"""`pairwell backup`: a copy of the database while the service goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy is written.")],
) -> None:
    """Copy the SQLite database of the settings to a new file, whole or not at all.

    The key of the audit log is not in the copy; keep it apart from it.
    """
    import sqlite3
    from time import perf_counter

    from service.cli.configuration import read_settings
    from service.operations.backup import back_up

    settings, begun = read_settings(), perf_counter()
    if target.exists():
        raise CommandFailed(f"{target} is there already", exits.INVALID_INPUT)
    try:
        back_up(settings, target)
    except sqlite3.Error as error:
        raise CommandFailed(f"{settings.shown_database} cannot be copied: {error}") from None
    size = target.stat().st_size / 1_000_000
    typer.echo(
        f"Copied {settings.shown_database} to {target}: {size:.1f} MB in "
        f"{perf_counter() - begun:.1f} s. Check it with `pairwell database check`."
    )
