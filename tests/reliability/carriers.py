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
    loop, served = carrier.loop, set[asyncio.Task[None]]()

    def serve(near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        # The loop does not hold tasks: one that nobody holds may vanish in the middle.
        task = loop.create_task(_served(carrier, near, to_near))
        served.add(task)
        task.add_done_callback(served.discard)

    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
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


async def _served(
    carrier: Carrier, near: asyncio.StreamReader, to_near: asyncio.StreamWriter
) -> None:
    try:
        await carrier.serve(near, to_near)
    finally:
        to_near.close()


async def _end_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    # Transports are closed in the loop's next turns.
    for _ in range(10):
        await asyncio.sleep(0)
