"""`pairwell worker`: solving in a process of its own, beside others on the same database."""

from __future__ import annotations

import typer


def worker() -> None:
    """Solve queued runs until Ctrl-C. Settings come from variables that begin with PAIRWELL_."""
    from service.cli.configuration import settings_to_start
    from service.cli.serving import work_until_stopped

    settings = settings_to_start("worker")
    typer.echo("The worker is waiting for runs; stop it with Ctrl-C.", err=True)
    work_until_stopped(settings)
