"""Networks and resolvers that remember what they were asked for."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from typing import Any

from httpcore2 import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream, ConnectError

from service.outbound.addresses import IPAddress


class CountingNetwork(AsyncNetworkBackend):
    """The real network; every connection that is asked for is written down first."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self._real = AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, *given: Any, **more: Any) -> Any:
        self.asked.append((host, port))
        return await self._real.connect_tcp(host, port, *given, **more)


class TellingNetwork(AsyncNetworkBackend):
    """No network: connections to `dead` addresses fail, others say 204 to whatever comes."""

    def __init__(self, dead: Iterable[str] = ()) -> None:
        self.asked: list[tuple[str, int]] = []
        self.streams: list[TellingStream] = []
        self._dead = set(dead)

    async def connect_tcp(self, host: str, port: int, *given: Any, **more: Any) -> Any:
        self.asked.append((host, port))
        if host in self._dead:
            raise ConnectError
        self.streams.append(TellingStream())
        return self.streams[-1]


class TellingStream(AsyncNetworkStream):
    """Keeps what is sent, and for which name TLS was begun."""

    def __init__(self) -> None:
        self.sent = b""
        self.server_hostname: str | None = None
        self.verifies = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return b"HTTP/1.1 204 No Content\r\n\r\n"

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.sent += buffer

    async def aclose(self) -> None:
        """Nothing to close."""

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> AsyncNetworkStream:
        self.server_hostname = server_hostname
        self.verifies = ssl_context.check_hostname and ssl_context.verify_mode == ssl.CERT_REQUIRED
        return self


class FlippingResolver:
    """Gives one answer after the other, and from the last one on always that."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.asked: list[str] = []
        self._answers = answers

    async def __call__(self, name: str) -> tuple[IPAddress, ...]:
        answer = self._answers[min(len(self.asked), len(self._answers) - 1)]
        self.asked.append(name)
        return tuple(map(ip_address, answer))
