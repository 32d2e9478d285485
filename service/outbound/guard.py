"""The guard between the service and the network: which addresses of a host may be connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from typing import Literal

from service.outbound.addresses import IPAddress
from service.outbound.destinations import Destination, OutboundRules
from service.settings import Settings
from service.threads import in_daemon_thread

LookUp = Callable[[str], Awaitable[tuple[IPAddress, ...]]]
"""The addresses of a name. Raises OSError where there are none."""

LOOK_UP_WITHIN = 5.0
"""How long a resolver may take, in seconds."""


class Unreachable(Exception):  # noqa: N818 - an answer, not a fault
    """A host that has no address, or one to which no connection may be made."""

    def __init__(self, fault: Literal["host_unknown", "address_refused"]) -> None:
        super().__init__(fault)
        self.fault = fault


async def look_up(name: str) -> tuple[IPAddress, ...]:
    """The addresses that the system's resolver gives, in its order."""
    # A resolver may be silent for long: it must not hold up other names in a shared pool.
    ask = partial(socket.getaddrinfo, name, None, type=socket.SOCK_STREAM)
    found = await in_daemon_thread(ask)
    return tuple(dict.fromkeys(ip_address(where[0]) for *_, where in found))


@dataclass(frozen=True)
class Guard:
    """Says to which addresses a request may go, by rules and by what a resolver answers."""

    rules: OutboundRules
    look_up: LookUp = look_up

    async def addresses(self, destination: Destination) -> tuple[IPAddress, ...]:
        """The destination's addresses, each of them permitted.

        One that is not refuses the whole name: which of them is used would be chance. Raises
        `Unreachable`.
        """
        found = await self._found(destination)
        if not all(self.rules.permit(destination, address) for address in found):
            raise Unreachable("address_refused")
        return found

    async def _found(self, destination: Destination) -> tuple[IPAddress, ...]:
        if destination.address is not None:
            return (destination.address,)
        try:
            async with asyncio.timeout(LOOK_UP_WITHIN):
                found = await self.look_up(destination.host)
        except OSError:
            found = ()
        if not found:
            raise Unreachable("host_unknown")
        return found


def guard_of(settings: Settings) -> Guard:
    """The guard by the rules of a deployment."""
    rules = OutboundRules(ports=settings.webhook_ports, loopback=settings.webhook_loopback)
    return Guard(rules)
