"""The URL of a destination, read strictly: what can be read in two ways is refused.

Nothing but these parts is used later: a connection is never made from the URL's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

import idna

from models.domain.issue import Issue
from service.errors import SettingRefused
from service.outbound.addresses import IPAddress, is_public

LONGEST_URL = 2000
UNSAFE = re.compile(r"[\s\\<>\"{}|^`]")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label that resolvers take for a part of an IPv4 address, in whatever notation."""

PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Destination:
    """Where a request goes. `host` is a name in ASCII, or the text of `address`."""

    scheme: str
    host: str
    port: int
    target: str
    address: IPAddress | None

    @property
    def authority(self) -> str:
        """What the header `Host` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL in its one spelling."""
        return f"{self.scheme}://{self.authority}{self.target}"


@dataclass(frozen=True)
class OutboundRules:
    """Where requests may go: by https to the public internet, at these ports.

    `loopback` is for development: it also allows this machine, at any port and by http.
    """

    ports: tuple[int, ...] = (443,)
    loopback: bool = False

    def permit(self, destination: Destination, address: IPAddress) -> bool:
        """Whether a connection to this address of the destination may be made."""
        if self.loopback and address.is_loopback:
            return True
        return (
            destination.scheme == "https" and destination.port in self.ports and is_public(address)
        )


def read_destination(url: str, rules: OutboundRules) -> Destination:
    """The destination of a URL. Raises `SettingRefused` with everything that is wrong with it.

    What can be told without asking for the host's addresses is told; they are judged by
    `OutboundRules.permit`, and again whenever a connection is made.
    """
    try:
        parts, port = _split(url)
        address, host = _host(parts)
    except (ValueError, UnicodeError):
        raise SettingRefused([_refused(url, "This is no URL that a webhook can go to.")]) from None
    issues = [_refused(url, message) for message in _faults(parts, rules)]
    port = PORTS.get(parts.scheme, 443) if port is None else port
    if not rules.loopback and port not in rules.ports:
        issues.append(_port_refused(port, rules))
    if issues:
        raise SettingRefused(issues)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(parts.scheme, host, port, target, address)


def _split(url: str) -> tuple[SplitResult, int | None]:
    if len(url) > LONGEST_URL or UNSAFE.search(url) or not url.isprintable():
        raise ValueError
    parts = urlsplit(url)
    if not f"{parts.path}{parts.query}".isascii():
        raise ValueError
    return parts, parts.port


def _host(parts: SplitResult) -> tuple[IPAddress | None, str]:
    """The address that the host is, if it is one, and its only spelling."""
    text = parts.hostname or ""
    if "[" in parts.netloc:
        if "%" in text:
            raise ValueError
        address = IPv6Address(text)
        return address, str(address)
    name = idna.encode(text, uts46=True, std3_rules=True).decode("ascii").lower()
    last = name.rpartition(".")[2]
    if not last or len(name) > 253:
        raise ValueError
    if NUMBER.fullmatch(last):
        # Leading zeros, few parts and other bases mean different addresses to different readers.
        four = IPv4Address(name)
        return four, str(four)
    return None, name


def _faults(parts: SplitResult, rules: OutboundRules) -> list[str]:
    faults = []
    schemes = ("https", "http") if rules.loopback else ("https",)
    if parts.scheme not in schemes:
        faults.append(f"A webhook's URL begins with {' or '.join(schemes)}.")
    if "@" in parts.netloc:
        faults.append("A webhook's URL holds no user and no password.")
    if parts.fragment:
        faults.append("A webhook's URL has no fragment.")
    return faults


def _refused(url: str, message: str) -> Issue:
    return Issue(
        code="WEBHOOK_URL_REFUSED",
        pointer="/url",
        message=message,
        hint="Give an address such as https://hr.example.gov.uk/pairwell.",
        detail={"value": url[:LONGEST_URL]},
    )


def _port_refused(port: int, rules: OutboundRules) -> Issue:
    ports = ", ".join(map(str, rules.ports))
    return Issue(
        code="WEBHOOK_PORT_REFUSED",
        pointer="/url",
        message=f"Webhooks do not go to port {port}.",
        hint=f"They go to {ports}; whoever runs the service can set PAIRWELL_WEBHOOK_PORTS.",
        detail={"value": port},
    )
