"""A receiver of webhooks on this machine that answers as a test says, well or not at all."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

DRIP = 0.01
"""Seconds between two bytes of a slow answer."""

FLOOD = b"HTTP/1.1 100 Continue\r\n\r\n" * 4096


@dataclass(frozen=True)
class Received:
    """One POST as it came in, and what it was answered."""

    path: str
    headers: dict[str, str]
    body: bytes
    answer: str

    @property
    def event(self) -> str:
        """The id of the event."""
        return self.headers["webhook-id"]


class Receiver:
    """Answers each POST with a status, or in a bad manner: `silent`, `reset`, `loris`, `flood`,
    `garbage`; `3xx` is a redirect to `elsewhere`."""

    def __init__(self, answer: Callable[[Received], str]) -> None:
        self.received: list[Received] = []
        self.accepted = 0
        self.in_flight = Counter[str]()
        self.most_in_flight = 0
        self.elsewhere = "http://127.0.0.1:1/"
        self.base = ""
        self._answer = answer
        self._news = asyncio.Condition()
        self._serving = set[asyncio.Task[None]]()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Receiver]:
        """Takes connections while the block lasts."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()
            if self._serving:
                await asyncio.wait(self._serving)

    async def until(self, holds: Callable[[], bool], seconds: float = 30.0) -> None:
        """Waits until something holds of what has been received."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(holds)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        self.accepted += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            received = await self._read(reader)
            self.in_flight[received.path] += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight[received.path])
            await self._tell()
            try:
                await self._respond(received.answer, reader, writer)
            finally:
                self.in_flight[received.path] -= 1
                self.received.append(received)
                await self._tell()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _read(self, reader: asyncio.StreamReader) -> Received:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        signature = next(line[19:] for line in head if line.lower().startswith("webhook-signature"))
        headers["webhook-signature"] = signature
        body = await reader.readexactly(int(headers["content-length"]))
        asked = Received(head[0].split()[1], headers, body, "")
        return Received(asked.path, headers, body, self._answer(asked))

    async def _respond(
        self, answer: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        match answer:
            case "silent":
                await reader.read()
            case "reset":
                linger = struct.pack("ii", 1, 0)
                raw = writer.get_extra_info("socket")
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                writer.transport.abort()
            case "loris":
                for byte in b"HTTP/1.1 200 OK\r\nx-slow: " + b"y" * 100_000:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    with suppress(TimeoutError):
                        if not await asyncio.wait_for(reader.read(1), DRIP):
                            return
            case "flood":
                while True:
                    writer.write(FLOOD)
                    await writer.drain()
            case "garbage":
                writer.write(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
            case status:
                where = f"location: {self.elsewhere}\r\n" if status.startswith("3") else ""
                writer.write(f"HTTP/1.1 {status} -\r\n{where}content-length: 0\r\n\r\n".encode())
                await writer.drain()
