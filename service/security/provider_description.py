"""What an identity provider publishes about itself, and what has to hold of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from service.addresses import is_safe_address
from service.errors import ProviderUnavailable, one_issue
from service.security.id_token import refused


class ProviderDescription(BaseModel):
    """OpenID Connect Discovery 1.0, as far as it matters here."""

    model_config = ConfigDict(frozen=True, strict=True)

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    code_challenge_methods_supported: list[str] = ["S256"]
    authorization_response_iss_parameter_supported: bool = False


def read_description(found: Mapping[str, Any], issuer: str) -> ProviderDescription:
    """The description of this issuer. Raises `ProviderUnavailable` where it cannot be used."""
    try:
        description = ProviderDescription.model_validate(found)
    except ValidationError as error:
        raise unavailable("its description is none") from error
    if description.issuer != issuer:
        raise unavailable("its description is another issuer's")
    may_be_plain = urlsplit(issuer).scheme == "http"
    for address in (
        description.authorization_endpoint,
        description.token_endpoint,
        description.jwks_uri,
    ):
        if not is_safe_address(address, may_be_plain=may_be_plain):
            raise unavailable("it sends people or secrets over http")
    if "S256" not in description.code_challenge_methods_supported:
        raise unavailable("it does not take part in PKCE")
    return description


def require_issuer(description: ProviderDescription, said: str | None) -> None:
    """RFC 9207: the redirect says who it comes from, where the provider always does so.

    Raises `NotAuthenticated` where that is somebody else.
    """
    if said is None and not description.authorization_response_iss_parameter_supported:
        return
    if said != description.issuer:
        raise refused("iss of the redirect")


def unavailable(because: str) -> ProviderUnavailable:
    """The refusal while the provider cannot be used."""
    return ProviderUnavailable(
        one_issue(
            "PROVIDER_UNAVAILABLE",
            f"The identity provider cannot be used: {because}.",
            hint="Sign in again in a while; whoever is signed in stays so.",
        )
    )
