"""The service under a web server, for the commands `serve` and `demo`."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from service.cli.failures import CommandFailed

if TYPE_CHECKING:
    from service.settings import Settings


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections; port 0 takes any free port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise CommandFailed(f"cannot listen on {host}, port {port}: {error.strerror}") from None


def address_of(listening: socket.socket) -> str:
    """The address under which the service can be reached."""
    host, port, *_ = listening.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve_until_stopped(settings: Settings, listening: socket.socket) -> None:
    """Serves until somebody presses Ctrl-C, which is the usual end and no failure."""
    import uvicorn

    # Under any server the service reads its settings from the environment.
    os.environ["PAIRWELL_DATABASE_URL"] = settings.database_url
    # The owner's rights are for migrations; a process that serves has no use for them.
    os.environ.pop("PAIRWELL_DATABASE_OWNER_URL", None)
    server = uvicorn.Server(
        uvicorn.Config(
            "service.main:create_service",
            factory=True,
            log_level="warning",
            # The service writes a log of its own, which gives nobody's data away.
            access_log=False,
            server_header=False,
        )
    )
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        raise CommandFailed("the service did not start; its log says why")
