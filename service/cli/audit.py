"""`pairwell audit`: is the log of who did what still the one that was written?"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed

AnchorFile = Annotated[
    Path | None,
    typer.Option("--anchors", help="The file of anchors; PAIRWELL_AUDIT_ANCHORS if none is given."),
]
AsJson = Annotated[bool, typer.Option("--json", help="The findings as JSON.")]


def verify(anchors: AnchorFile = None, as_json: AsJson = False) -> None:
    """Check every entry of the audit log against the one before it, and against the anchors.

    Exit codes: 0 nothing was changed, 1 something was.
    """
    from service.cli.configuration import read_settings
    from service.cli.stores import open_database
    from service.operations.audit import check_log, read_anchors

    settings = read_settings()
    path = anchors or settings.audit_anchors
    if anchors is not None and not anchors.is_file():
        raise CommandFailed(f"there is no file {anchors}", exits.INVALID_INPUT)
    known = read_anchors(path) if path else ()

    async def checked() -> None:
        async with (
            open_database(settings) as database,
            database.reading(settings.programme) as store,
        ):
            count, broken = await check_log(store, known)
        if as_json:
            rows = [{"position": fault.position, "because": fault.because} for fault in broken]
            typer.echo(json.dumps({"entries": count, "anchors": len(known), "broken": rows}))
        else:
            for fault in broken:
                typer.echo(f"  entry {fault.position}: {fault.because}")
            held = f"held against {len(known):,} anchors" if known else "with no anchors"
            verdict = "Tampered with" if broken else "Verified"
            typer.echo(f"{verdict}: {count:,} entries, {held}.")
        raise typer.Exit(exits.FAILED if broken else exits.SOLVED)

    asyncio.run(checked())


def anchor(anchors: AnchorFile = None) -> None:
    """Write down outside the database how far the audit log has come."""
    from service.cli.configuration import read_settings
    from service.cli.stores import open_database
    from service.operations.audit import anchor_log

    settings = read_settings()
    path = anchors or settings.audit_anchors
    if path is None:
        raise CommandFailed("give --anchors, or set PAIRWELL_AUDIT_ANCHORS", exits.INVALID_INPUT)

    async def anchored() -> None:
        async with (
            open_database(settings) as database,
            database.reading(settings.programme) as store,
        ):
            made = await anchor_log(store, path)
        typer.echo(f"Anchored at entry {made.position:,}." if made else "Nothing new to anchor.")

    asyncio.run(anchored())
