"""Addresses on the web, read to the letter."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""How a service is called on its own machine."""

HOST = re.compile(r"(?P<name>[\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?", re.ASCII)


def host_of(text: str) -> str | None:
    """The host in what a `Host` header says, without its port; None where it says none."""
    found = HOST.fullmatch(text)
    return found["name"].lower() if found else None


def is_safe_address(text: str, *, may_be_plain: bool) -> bool:
    """Whether it is https, or http on this machine where that will do; no user in it."""
    parts = urlsplit(text)
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (
        may_be_plain and parts.scheme == "http" and _is_this_machine(parts.hostname)
    )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
