"""A load balancer for tests: asks each process whether it is ready, and sends callers to one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from threading import Thread

AT_ONCE = 65_536
CHECK_EVERY = 0.1
READY = b"GET /health/ready HTTP/1.1\r\nHost: balancer\r\nConnection: close\r\n\r\n"


class Balancer:
    """Carries each connection to a process that was ready when it was last asked."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._ready: dict[int, bool] = {}
        self._turns = count()
        self.port = 0

    def run(self) -> Thread:
        """Begin; the port is known when this returns."""
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        thread = Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    def add(self, port: int) -> None:
        """A process to send callers to, as soon as it is ready."""
        asyncio.run_coroutine_threadsafe(self._check(port), self._loop)

    def ready(self) -> list[int]:
        """The ports of the processes that are ready."""
        return [port for port, ready in sorted(self._ready.items()) if ready]

    async def _check(self, port: int) -> None:
        while True:
            status = b""
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(2):
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.write(READY)
                    status = await reader.readline()
                    writer.close()
            self._ready[port] = b" 200 " in status
            await asyncio.sleep(CHECK_EVERY)

    async def _serve(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        ready = self.ready()
        first = next(self._turns)
        for turn in range(len(ready)):
            try:
                far, to_far = await asyncio.open_connection(
                    "127.0.0.1", ready[(first + turn) % len(ready)]
                )
            except OSError:
                # Nothing has been sent yet, so that another process can have it.
                continue
            await asyncio.gather(_carry(near, to_far), _carry(far, to_near))
            return
        to_near.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        to_near.close()


@contextmanager
def a_balancer() -> Iterator[Balancer]:
    """A balancer while the block lasts."""
    balancer = Balancer()
    thread = balancer.run()
    try:
        yield balancer
    finally:
        balancer.stop()
        thread.join()


async def _carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(AT_ONCE):
            sink.write(data)
            await sink.drain()
    with suppress(OSError):
        sink.write_eof()
