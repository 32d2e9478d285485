"""Somebody who abuses a server on loopback, with a key of one programme or with none."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.reliability.layout import Proxy
from tests.reliability.processes import LONG_ENOUGH
from tests.service.services import a_document

MEGABYTE = 1024 * 1024
HALF_A_HEAD = b"POST /v1/rounds HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


CRUMBS = b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 10**6

NOBODY = uuid4()
PLACES = (
    ("POST", "/v1/rounds"),
    ("PUT", f"/v1/rounds/{NOBODY}/document"),
    ("POST", "/v1/rounds/"),
    ("POST", f"/v1/runs/{NOBODY}/override"),
    ("GET", "/v1/rules"),
    ("DELETE", "/nothing/here"),
)
"""Two that are sent rounds, a spelling that a proxy may not know, and places for no large body."""


@dataclass
class Attacker:
    """Who holds connections and sends what nobody should; `answers` are counted by status.

    `cut_off` counts the held connections that the server has ended.
    """

    proxy: Proxy
    key: str
    answers: Counter[int] = field(default_factory=Counter)
    cut_off: int = 0

    @asynccontextmanager
    async def holding(self, slow: int, idle: int) -> AsyncIterator[None]:
        """Connections that trickle a head, and others that say nothing, renewed as they end."""
        held = [self._hold(HALF_A_HEAD) for _ in range(slow)] + [self._hold() for _ in range(idle)]
        tasks = [asyncio.create_task(one) for one in held]
        await asyncio.sleep(0)
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def are_cut_off(self, count: int) -> None:
        """Waits until the server has ended so many more connections. Raises `TimeoutError`."""
        before = self.cut_off
        async with asyncio.timeout(LONG_ENOUGH):
            while self.cut_off < before + count:
                await asyncio.sleep(0.1)

    async def queue_rounds(self, count: int) -> None:
        """Submits small rounds, one after the other."""
        async with httpx.AsyncClient(timeout=LONG_ENOUGH) as client:
            for _ in range(count):
                await self._send(client, "POST", "/v1/rounds", json.dumps(a_document()).encode())

    async def send_large_bodies(self, at_once: int) -> None:
        """Everything that is too much, to wherever it might be read, each several times at once."""
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(timeout=LONG_ENOUGH, limits=limits) as client:
            for body, headers in _large_bodies():
                for method, path in PLACES:
                    sent = (
                        self._send(client, method, path, body, **headers) for _ in range(at_once)
                    )
                    await asyncio.gather(*sent)
        for _, path in PLACES:
            await asyncio.gather(*(self._send_crumbs(path) for _ in range(at_once)))

    async def _send_crumbs(self, path: str) -> None:
        """A body in chunks of one byte, to the process that answers, without a key."""
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(*self.proxy.answers)
            try:
                writer.write(f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode() + CRUMBS)
                if line := await reader.readline():
                    self.answers[int(line.split()[1])] += 1
            finally:
                writer.close()

    async def _send(
        self, client: httpx.AsyncClient, method: str, path: str, body: Any, **headers: str
    ) -> None:
        host, port = self.proxy.address_for(method, path)
        given = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
        # The server may answer, and end the connection, before the whole body is sent.
        with suppress(httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
            answer = await client.request(
                method,
                f"http://{host}:{port}{path}",
                content=body() if callable(body) else body,
                headers=given | headers,
            )
            self.answers[answer.status_code] += 1

    async def _hold(self, begun: bytes = b"") -> None:
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection(*self.proxy.answers)
                try:
                    # An end may be a reset; it counts all the same.
                    with suppress(OSError):
                        await _said(reader, writer, begun)
                    self.cut_off += 1
                finally:
                    writer.close()


async def _said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, begun: bytes) -> None:
    """Trickles on what was begun, if anything, until the other side has ended the connection."""
    writer.write(begun)
    while begun and not reader.at_eof():
        writer.write(b"x")
        with suppress(TimeoutError):
            await asyncio.wait_for(reader.read(), 1)
    await reader.read()


def _large_bodies() -> Iterator[tuple[Any, dict[str, str]]]:
    """Bodies, or what makes one, and what is said of them."""
    a_person = json.dumps({"reference": "A-1", "grade": "SEO", "mentee": {}}).encode()
    yield gzip.compress(bytes(100 * MEGABYTE)), {"content-encoding": "gzip"}
    yield b" " * (17 * MEGABYTE), {}
    yield _chunks, {}
    yield b"[" * 10**5 + b"]" * 10**5, {}
    yield b'{"name": ' + b"9" * 10**7 + b"}", {}
    yield b"{" + b",".join(b'"%d":1' % number for number in range(10**6)) + b"}", {}
    yield b'{"participants": [' + b"[]," * 5_000_000 + b"[]]}", {}
    yield b'{"participants": [' + b",".join([a_person] * 200_000) + b"]}", {}
    yield b'{"participants": [' + b",".join([a_person] * 29_000) + b"]}", {}
    yield b"{}", {f"x-{number}": "y" for number in range(10_000)}


async def _chunks() -> AsyncIterator[bytes]:
    for _ in range(20):
        yield b" " * MEGABYTE
