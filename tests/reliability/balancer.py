"""A load balancer for tests: asks each process whether it is ready, and sends callers to one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from itertools import count

from tests.reliability.carriers import AT_ONCE, carrying

CHECK_EVERY = 0.1
CHECKED_WITHIN = 5.0
READY = b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
NOBODY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Balancer:
    """Carries each connection to a process that was ready when it was last asked."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.port = 0
        self._ready: dict[int, bool] = {}
        self._turns = count()
        self._checks: list[Future[None]] = []

    def add(self, port: int) -> None:
        """A process to send callers to, as soon as it is ready."""
        self._checks.append(asyncio.run_coroutine_threadsafe(self._check(port), self.loop))

    def ready(self) -> list[int]:
        """The ports of the processes that are ready."""
        return [port for port, ready in sorted(self._ready.items()) if ready]

    async def serve(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        """Carry a connection to the next process that takes it."""
        ready, first = self.ready(), next(self._turns)
        for turn in range(len(ready)):
            try:
                port = ready[(first + turn) % len(ready)]
                far, to_far = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                # Nothing has been sent yet, so that another process can have it.
                continue
            try:
                await asyncio.gather(_carry(near, to_far), _carry(far, to_near))
            finally:
                to_far.close()
            return
        to_near.write(NOBODY)

    async def _check(self, port: int) -> None:
        while True:
            self._ready[port] = await _is_ready(port)
            await asyncio.sleep(CHECK_EVERY)


@contextmanager
def a_balancer() -> Iterator[Balancer]:
    """A balancer while the block lasts."""
    balancer = Balancer()
    with carrying(balancer):
        yield balancer


async def _is_ready(port: int) -> bool:
    status = b""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(CHECKED_WITHIN):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(READY)
                status = await reader.readline()
            finally:
                writer.close()
    return b" 200 " in status


async def _carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(AT_ONCE):
            sink.write(data)
            await sink.drain()
        sink.write_eof()
