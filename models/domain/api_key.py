"""An API key as the service knows it: never the secret itself."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Literal
from uuid import UUID

from models.domain.base import Frozen

KeyRole = Literal["hr_system", "planner", "admin", "auditor"]
KeyState = Literal["active", "expired", "revoked"]


class ApiKey(Frozen):
    """A key of a programme. `prefix` is the public part, by which the key is found and named.

    `networks` are those that it may be used from, as CIDR blocks; empty for any.
    """

    id: UUID
    programme: str
    name: str
    prefix: str
    role: KeyRole
    networks: tuple[str, ...] = ()
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    @property
    def actor(self) -> str:
        """Who acts, as the audit log names them."""
        return f"key:{self.prefix}"

    def state_at(self, now: datetime) -> KeyState:
        """Whether the key still lets anybody in."""
        if self.revoked_at is not None and self.revoked_at <= now:
            return "revoked"
        return "expired" if self.expires_at <= now else "active"

    def may_come_from(self, address: str) -> bool:
        """Whether a client at this address may use the key; what is no address may not."""
        if not self.networks:
            return True
        try:
            client = ip_address(address)
        except ValueError:
            return False
        return any(client in ip_network(network) for network in self.networks)
