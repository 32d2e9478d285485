"""`pairwell serve`: the service over HTTP."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    without_worker: Annotated[
        bool, typer.Option("--without-worker", help="Leave solving to `pairwell worker`.")
    ] = False,
) -> None:
    """Run the service until Ctrl-C. Settings come from variables that begin with PAIRWELL_.

    Outside of production a service that only this machine reaches shows a link to sign in by.
    """
    from service.addresses import LOOPBACK
    from service.cli.configuration import settings_to_start
    from service.cli.serving import address_of, listen, serve_until_stopped
    from service.cli.sign_in_link import new_link

    settings = settings_to_start("service", **{"with_worker": False} if without_worker else {})
    with listen(host, port) as listening:
        typer.echo(f"Pairwell is at {address_of(listening)}; stop it with Ctrl-C.", err=True)
        if host in LOOPBACK and not settings.in_production:
            link = asyncio.run(new_link(settings, address_of(listening), "planner"))
            typer.echo(f"Sign in, once and within 15 minutes: {link}", err=True)
        serve_until_stopped(settings, listening)
