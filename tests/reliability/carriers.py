"""Servers of a test that carry bytes between sockets, each in a thread with a loop of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Protocol

AT_ONCE = 65_536


class Carrier(Protocol):
    """What serves a connection."""

    loop: asyncio.AbstractEventLoop
    port: int

    async def serve(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        """Carry what comes until it ends."""


@contextmanager
def carrying(carrier: Carrier) -> Iterator[None]:
    """The carrier listens on a port of this machine while the block lasts."""
    loop = carrier.loop
    server = loop.run_until_complete(asyncio.start_server(carrier.serve, "127.0.0.1", 0))
    carrier.port = server.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(_end_all())
        loop.close()


async def _end_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
