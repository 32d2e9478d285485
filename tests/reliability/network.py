"""The network between a service and its database, which a test can silence or cut."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.reliability.carriers import AT_ONCE, carrying


class Network:
    """Carries bytes from a port of this machine to a Unix socket."""

    def __init__(self, target: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.port = 0
        self._target = target
        self._flows = asyncio.Event()
        self._flows.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._cut = False

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Whatever is sent waits on its way; connections stay open and new ones are taken."""
        self.loop.call_soon_threadsafe(self._flows.clear)
        try:
            yield
        finally:
            self.loop.call_soon_threadsafe(self._flows.set)

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Connections are reset, and so is each new one."""
        self.loop.call_soon_threadsafe(self._reset)
        try:
            yield
        finally:
            self._cut = False

    async def serve(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        """Carry a connection both ways until both sides have ended it."""
        try:
            if self._cut:
                raise ConnectionResetError
            await self._flows.wait()
            far, to_far = await asyncio.open_unix_connection(str(self._target))
        except OSError:
            to_near.transport.abort()
            return
        both = {to_near, to_far}
        self._writers |= both
        try:
            await asyncio.gather(self._carry(near, to_far), self._carry(far, to_near))
        finally:
            self._writers -= both
            for writer in both:
                writer.close()

    def _reset(self) -> None:
        self._cut = True
        for writer in self._writers:
            writer.transport.abort()

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
    network = Network(target)
    with carrying(network):
        yield network
