"""Settings of who may sign in, and from where the service may be reached."""

from __future__ import annotations

import json
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode

from models.domain.account import AccountRole
from service.addresses import is_safe_address

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

    environment: Literal["development", "production"] = Field(
        default="development",
        description="`production` refuses to start with anything that is not safe there.",
    )
    public_url: str | None = Field(
        default=None,
        description="Where browsers find the service, such as https://pairwell.example.gov.uk.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="The addresses or networks of proxies whose X-Forwarded-For and "
        "X-Forwarded-Proto are believed, with commas between them; by default nobody's are.",
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
    oidc_roles: Annotated[dict[str, AccountRole], NoDecode] = Field(
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
    def in_production(self) -> bool:
        """Whether this is the real thing."""
        return self.environment == "production"

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
            or not is_safe_address(text, may_be_plain=given.data.get("environment") != "production")
        ):
            raise ValueError(
                "must be https:// and a host, without a path; http:// does on the machine itself, "
                "outside of production"
            )
        return f"{parts.scheme}://{parts.netloc}".lower()

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _with_commas_between(cls, given: object) -> object:
        return read_list(given)

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ip_network(network)
        return networks

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _as_json(cls, given: object) -> object:
        try:
            return json.loads(given) if isinstance(given, str) else given
        except ValueError:
            raise ValueError('must be JSON, such as {"a-group": "planner"}') from None

    @field_validator("oidc_issuer")
    @classmethod
    def _with_all_it_needs(cls, text: str | None, given: ValidationInfo) -> str | None:
        if text is None:
            return None
        if not is_safe_address(text, may_be_plain=given.data.get("environment") != "production"):
            raise ValueError("must be an https:// address")
        needed = ("public_url", "oidc_client_id", "oidc_roles")
        missing = [f"PAIRWELL_{name.upper()}" for name in needed if not given.data.get(name)]
        if missing:
            raise ValueError(f"also needs {' and '.join(missing)}")
        return text


def read_list(given: object) -> object:
    """The items of a text with commas between them; anything else as it is."""
    if not isinstance(given, str):
        return given
    return tuple(item.strip() for item in given.split(",") if item.strip())
