"""`pairwell worker`: solving in a process of its own, beside others on the same database."""

from __future__ import annotations

import asyncio

import typer


def worker() -> None:
    """Solve queued runs until Ctrl-C. Settings come from variables that begin with PAIRWELL_."""
    from service.cli.configuration import read_settings
    from service.cli.serving import work_until_stopped
    from service.cli.stores import check_start

    settings = read_settings()
    asyncio.run(check_start(settings, "worker"))
    typer.echo("The worker is waiting for runs; stop it with Ctrl-C.", err=True)
    work_until_stopped(settings)
