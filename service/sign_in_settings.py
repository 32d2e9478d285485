"""Settings of who may sign in, and from where the service may be reached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

from models.domain.account import AccountRole

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

HOST = re.compile(r"(?P<name>[\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?", re.ASCII)

CALLBACK = "/sign-in/callback"


@dataclass(frozen=True)
class OidcSettings:
    """An identity provider, and what is made of its word."""

    issuer: str
    client_id: str
    client_secret: SecretStr | None
    redirect_uri: str
    algorithm: str
    scope: str
    role_claim: str
    roles: dict[str, AccountRole]


class SignInSettings(BaseSettings):
    """The part of the settings that is about browsers and the people before them."""

    production: bool = Field(
        default=False,
        description="Whether this is the real thing: then nobody signs in by a one-time link, "
        "and the identity provider is reached over https only.",
    )
    public_url: str | None = Field(
        default=None,
        description="Where browsers find the service, such as https://pairwell.example.gov.uk.",
    )
    allowed_hosts: tuple[str, ...] = Field(
        default=LOOPBACK,
        description="The hosts that requests may be meant for, each exactly, as a JSON list; "
        "that of PAIRWELL_PUBLIC_URL is always among them.",
    )
    trusted_proxies: tuple[str, ...] = Field(
        default=(),
        description="The addresses or networks of proxies whose X-Forwarded-For and "
        "X-Forwarded-Proto are believed, as a JSON list; by default nobody's are.",
    )
    oidc_client_id: str | None = Field(
        default=None, description="How the identity provider knows this service."
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="What proves this to it; none for a public client.", repr=False
    )
    oidc_algorithm: Literal["RS256", "PS256", "ES256"] = Field(
        default="RS256", description="How its ID tokens are signed; nothing else is taken."
    )
    oidc_scope: str = Field(
        default="openid email",
        description="What is asked of it; without `email` no address is asked for or stored.",
    )
    oidc_role_claim: str = Field(
        default="roles", description="The claim of its ID tokens that says what people may do."
    )
    oidc_roles: dict[str, AccountRole] = Field(
        default_factory=dict,
        description="Which value of that claim gives which role (planner, admin or auditor), as "
        "a JSON object; other values give none.",
    )

    oidc_issuer: str | None = Field(
        default=None,
        description="The identity provider by which people sign in, such as "
        "https://login.example.gov.uk; needs PAIRWELL_PUBLIC_URL, PAIRWELL_OIDC_CLIENT_ID and "
        "PAIRWELL_OIDC_ROLES.",
    )

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that a request may be meant for, in small letters and without a port."""
        own = (urlsplit(self.public_url).netloc,) if self.public_url else ()
        return frozenset(filter(None, map(host_of, (*self.allowed_hosts, *own))))

    @property
    def oidc(self) -> OidcSettings | None:
        """The identity provider; None where nobody signs in by one."""
        if self.oidc_issuer is None or self.oidc_client_id is None or self.public_url is None:
            return None
        return OidcSettings(
            issuer=self.oidc_issuer,
            client_id=self.oidc_client_id,
            client_secret=self.oidc_client_secret,
            redirect_uri=f"{self.public_url}{CALLBACK}",
            algorithm=self.oidc_algorithm,
            scope=self.oidc_scope,
            role_claim=self.oidc_role_claim,
            roles=self.oidc_roles,
        )

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, text: str | None, given: ValidationInfo) -> str | None:
        if text is None:
            return None
        parts = urlsplit(text.rstrip("/"))
        if (
            parts.path
            or parts.query
            or not is_safe_address(text, may_be_plain=not given.data.get("production"))
        ):
            raise ValueError(
                "must be https:// and a host, without a path; http:// does on the machine itself, "
                "outside of production"
            )
        return f"{parts.scheme}://{parts.netloc}".lower()

    @field_validator("allowed_hosts")
    @classmethod
    def _exact_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if host_of(host) != host.lower():
                raise ValueError(f"{host!r} is no host; name each one, without a port or a pattern")
        return hosts

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ip_network(network)
        return networks

    @field_validator("oidc_issuer")
    @classmethod
    def _with_all_it_needs(cls, text: str | None, given: ValidationInfo) -> str | None:
        if text is None:
            return None
        if not is_safe_address(text, may_be_plain=not given.data.get("production")):
            raise ValueError("must be an https:// address")
        needed = ("public_url", "oidc_client_id", "oidc_roles")
        missing = [f"PAIRWELL_{name.upper()}" for name in needed if not given.data.get(name)]
        if missing:
            raise ValueError(f"also needs {' and '.join(missing)}")
        return text


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
