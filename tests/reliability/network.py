"""The network between a service and its database, which a test can silence or cut."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

AT_ONCE = 65_536


class Network:
    """Carries bytes from a port of this machine to a Unix socket, in a thread of its own."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._flows = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._cut = False
        self.port = 0

    def run(self) -> Thread:
        """Begin to carry; the port is known when this returns."""
        server = self._loop.run_until_complete(
            asyncio.start_server(self._carry_both, "127.0.0.1", 0)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._flows.set()
        thread = Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Carry nothing any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Whatever is sent waits on its way; connections stay open and new ones are taken."""
        self._loop.call_soon_threadsafe(self._flows.clear)
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._flows.set)

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Connections are reset, and so is each new one."""
        self._loop.call_soon_threadsafe(self._reset)
        try:
            yield
        finally:
            self._cut = False

    def _reset(self) -> None:
        self._cut = True
        for writer in self._writers:
            writer.transport.abort()

    async def _carry_both(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        try:
            if self._cut:
                raise ConnectionResetError
            await self._flows.wait()
            far, to_far = await asyncio.open_unix_connection(str(self._target))
        except OSError:
            to_near.transport.abort()
            return
        self._writers |= {to_near, to_far}
        await asyncio.gather(self._carry(near, to_far), self._carry(far, to_near))
        self._writers -= {to_near, to_far}

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(AT_ONCE):
                await self._flows.wait()
                sink.write(data)
                await sink.drain()
        sink.close()


@contextmanager
def a_network(target: Path) -> Iterator[Network]:
    """A network that carries to a Unix socket while the block lasts."""
    network: Any = Network(target)
    thread = network.run()
    try:
        yield network
    finally:
        network.stop()
        thread.join()
