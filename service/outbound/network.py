"""Connections that are pinned: made to an address that was checked, and to no other."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

from httpcore2 import (
    SOCKET_OPTION,
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
    ConnectTimeout,
    ReadError,
)

from service.outbound.destinations import Destination
from service.outbound.guard import Guard

MOST_BYTES = 64 * 1024
"""How much of an answer is read: its status and headers, which need far less."""


class GuardedNetwork(AsyncNetworkBackend):
    """The network as one request sees it: its own destination, at the addresses of one look-up.

    The name is still what `Host` and the certificate are about, since only the connection knows
    of the address.
    """

    def __init__(
        self, destination: Destination, guard: Guard, network: AsyncNetworkBackend, seconds: float
    ) -> None:
        self._destination, self._guard = destination, guard
        self._network, self._seconds = network, seconds
        self._made: list[AsyncNetworkStream] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """A connection to the first address that takes one. Raises `Unreachable`."""
        if (host, port) != (self._destination.host, self._destination.port):
            raise ConnectError("another destination than the one that was checked")
        addresses = await self._guard.addresses(self._destination)
        failure: Exception | None = None
        for address in addresses:
            try:
                stream = await self._network.connect_tcp(
                    str(address), port, timeout=self._seconds / len(addresses)
                )
            except (ConnectError, ConnectTimeout) as error:
                failure = error
            else:
                self._made.append(stream)
                return BoundedStream(stream)
        raise failure or ConnectError("no address")

    async def aclose(self) -> None:
        """Closes what was made, also where time ran out before anybody had it in hand."""
        for stream in self._made:
            await stream.aclose()


class BoundedStream(AsyncNetworkStream):
    """A stream that gives no more than so many bytes, however much the other side sends."""

    def __init__(self, stream: AsyncNetworkStream) -> None:
        self._stream = stream
        self._left = MOST_BYTES

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes. Raises ReadError once there have been too many."""
        if self._left <= 0:
            raise ReadError("the answer is too long")
        data = await self._stream.read(min(max_bytes, self._left), timeout)
        self._left -= len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends the bytes."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Closes the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> AsyncNetworkStream:
        """The same stream within TLS, bounded as well."""
        return BoundedStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """What the connection says of itself."""
        return self._stream.get_extra_info(info)
