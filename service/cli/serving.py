"""The service under a web server or without one, for `serve`, `demo` and `worker`."""

from __future__ import annotations

import gc
import os
import signal
import socket
from contextlib import suppress
from importlib import import_module
from threading import Event
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any

from service.cli.failures import CommandFailed

if TYPE_CHECKING:
    import uvicorn

    from service.settings import Settings

OBJECTS_BEFORE_A_COLLECTION = 50_000

LAST_REQUESTS_SECONDS = 3
"""How long requests that are being answered may take once the server is to end."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections; port 0 takes any free port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise CommandFailed(f"cannot listen on {host}, port {port}: {error.strerror}") from None
    # Connections inherit it. An answer's second part would wait 40 ms for the client's word that
    # it has the first; asyncio sees to that for sockets that it has made itself only.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def address_of(listening: socket.socket) -> str:
    """The address under which the service can be reached."""
    host, port, *_ = listening.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve_until_stopped(settings: Settings, listening: socket.socket) -> None:
    """Serves until SIGTERM or Ctrl-C, which is the usual end and no failure."""
    import uvicorn

    os.nice(settings.niceness)
    _open_as_many_files_as_may_be()
    # The owner's rights are for migrations; a process that serves has no use for them.
    os.environ.pop("PAIRWELL_DATABASE_OWNER_URL", None)
    closing = Event()

    class Server(uvicorn.Server):
        leaves_at = 0.0

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            # Whoever asks a second time does not want to wait.
            self.leaves_at = 0.0 if closing.is_set() else monotonic() + settings.drain
            closing.set()
            super().handle_exit(sig, frame)

        async def on_tick(self, counter: int) -> bool:
            return await super().on_tick(counter) and monotonic() >= self.leaves_at

    application = _service().create_application(settings, closing)
    _collect_seldom()
    server = Server(server_config(application, settings))
    # The server ends well and then hands the signal on: SIGTERM is to be no other end.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        raise CommandFailed("the service did not start; its log says why")


def server_config(app: Any, settings: Settings) -> uvicorn.Config:
    """How the web server is run for an application."""
    import uvicorn

    from service.cli.patient_protocol import PatientProtocol

    return uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        limit_concurrency=settings.connections,
        log_level="warning",
        # The service writes a log of its own, which gives nobody's data away.
        access_log=False,
        server_header=False,
        # Without a list of its own the server would believe any proxy on this machine.
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=LAST_REQUESTS_SECONDS,
    )


def work_until_stopped(settings: Settings) -> None:
    """Solves queued runs until SIGTERM or Ctrl-C, which is the usual end and no failure."""
    os.nice(settings.niceness)
    _service().work_until_stopped(settings)


def _collect_seldom() -> None:
    """What is loaded by now stays, and a round taken in makes a hundred thousand objects that go
    by themselves: walking them took a third of the time of its check."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_A_COLLECTION, 20, 20)


def _open_as_many_files_as_may_be() -> None:
    """Each connection is a file, and 1,024 are the usual limit that a process may raise itself."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # Some systems have a limit of their own below one that is told as none.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _service() -> Any:
    """The module that puts the doors together: it stands above all of them, and so this too."""
    return import_module("service.main")
