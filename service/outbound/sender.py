"""One POST to a destination: a connection of its own, no redirect, no proxy, no second try."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from functools import cached_property

from httpcore2 import (
    URL,
    AnyIOBackend,
    AsyncHTTPConnection,
    AsyncNetworkBackend,
    ConnectError,
    NetworkError,
    ProtocolError,
    Request,
    TimeoutException,
    default_ssl_context,
)

from models.domain.webhook import Fault, Outcome
from service.errors import SettingRefused
from service.outbound.destinations import Destination, read_destination
from service.outbound.guard import Guard, Unreachable
from service.outbound.network import GuardedNetwork


class Sender:
    """Sends within `seconds` for everything: the look-up, the connection and the answer.

    Only the answer's status is wanted; nothing after its headers is read.
    """

    def __init__(
        self, guard: Guard, seconds: float, network: AsyncNetworkBackend | None = None
    ) -> None:
        self._guard, self._seconds = guard, seconds
        self._network = network or AnyIOBackend()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """What came of it; nothing that the other side does is raised."""
        try:
            destination = read_destination(url, self._guard.rules)
            async with asyncio.timeout(self._seconds):
                return Outcome(status=await self._status(destination, headers, body))
        except SettingRefused:
            # The rules have changed since the URL was taken in.
            return Outcome(fault="address_refused")
        except Unreachable as unreachable:
            return Outcome(fault=unreachable.fault)
        except (TimeoutError, TimeoutException):
            return Outcome(fault="timeout")
        except (NetworkError, ProtocolError) as error:
            return Outcome(fault=_fault_of(error))

    async def _status(
        self, destination: Destination, headers: Mapping[str, str], body: bytes
    ) -> int:
        url = URL(
            scheme=destination.scheme.encode(),
            host=destination.host.encode(),
            port=destination.port,
            target=destination.target.encode(),
        )
        given = {**headers, "host": destination.authority, "content-length": str(len(body))}
        network = GuardedNetwork(destination, self._guard, self._network, self._seconds)
        connection = AsyncHTTPConnection(
            url.origin,
            ssl_context=self._tls if destination.scheme == "https" else None,
            network_backend=network,
        )
        request = Request(b"POST", url, headers=list(given.items()), content=body)
        try:
            answer = await connection.handle_async_request(request)
        finally:
            await network.aclose()
        return answer.status

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """The system's authorities; made once, since that takes a while."""
        return default_ssl_context()


def _fault_of(error: NetworkError | ProtocolError) -> Fault:
    if isinstance(error, ProtocolError):
        return "protocol"
    if isinstance(error, ConnectError) and isinstance(error.__cause__, ssl.SSLError):
        return "tls"
    return "connection"
