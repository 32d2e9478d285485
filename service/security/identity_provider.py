"""The identity provider over HTTP: where to send people, and their codes made into claims."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from service.errors import NotAuthenticated, one_issue
from service.security.id_token import Expected, read_id_token, refused
from service.security.identity import Identity, identity_of
from service.security.provider_description import (
    ProviderDescription,
    read_description,
    require_issuer,
    unavailable,
)
from service.security.sign_in_secret import SignInSecret
from service.sign_in_settings import OidcSettings

PATIENCE = 5.0
"""How long one answer of the provider may take, in seconds."""

KEPT_FOR = 300.0
"""How long its description is kept, in seconds."""

TOKEN_ERRORS = frozenset(
    {
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "unauthorized_client",
        "unsupported_grant_type",
    }
)
"""What a token endpoint may say (RFC 6749, section 5.2); the log shows no other text of its."""


class IdentityProvider:
    """One provider, by its settings. Raises `ProviderUnavailable` where it does not answer as a
    provider does; its redirects are not followed."""

    def __init__(self, settings: OidcSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        # Reading the machine's certificates takes long enough to hold up everybody else.
        self._tls = httpx2.create_ssl_context()
        self._kept: tuple[float, ProviderDescription] | None = None

    async def address(self, secret: SignInSecret) -> str:
        """Where the browser goes to sign in."""
        async with self._client() as client:
            description = await self._description(client)
            address, _ = client.create_authorization_url(
                description.authorization_endpoint,
                state=secret.state,
                nonce=secret.nonce,
                code_verifier=secret.code_verifier,
            )
            return str(address)

    async def identify(self, secret: SignInSecret, code: str, issuer: str | None) -> Identity:
        """Who the code stands for; `issuer` is who the redirect says it comes from.

        Raises `NotAuthenticated` for a code or a token that is not what it should be, and
        `NotPermitted` for somebody without a role.
        """
        async with self._client() as client:
            description = await self._description(client)
            require_issuer(description, issuer)
            token = await _exchange(client, description.token_endpoint, code, secret)
            keys = await _json(client, description.jwks_uri)
        expected = Expected(
            issuer=self._settings.issuer,
            client_id=self._settings.client_id,
            algorithm=self._settings.algorithm,
            nonce=secret.nonce,
            now=datetime.now(UTC),
        )
        claims = read_id_token(token, keys, expected)
        return identity_of(claims, self._settings.role_claim, self._settings.roles)

    def _client(self) -> AsyncOAuth2Client:
        secret = self._settings.client_secret
        return AsyncOAuth2Client(
            client_id=self._settings.client_id,
            client_secret=secret.get_secret_value() if secret else None,
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            scope=self._settings.scope,
            redirect_uri=self._settings.redirect_uri,
            code_challenge_method="S256",
            timeout=PATIENCE,
            verify=self._tls,
            follow_redirects=False,
        )

    async def _description(self, client: AsyncOAuth2Client) -> ProviderDescription:
        if self._kept and self._clock() - self._kept[0] < KEPT_FOR:
            return self._kept[1]
        issuer = self._settings.issuer
        found = await _json(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        description = read_description(found, issuer)
        self._kept = (self._clock(), description)
        return description


async def _exchange(
    client: AsyncOAuth2Client, endpoint: str, code: str, secret: SignInSecret
) -> str:
    """The ID token for a code, fetched by us and never taken from the browser."""
    try:
        answer = await client.fetch_token(endpoint, code=code, code_verifier=secret.code_verifier)
    except AuthlibBaseError as error:
        raise NotAuthenticated(
            one_issue(
                "SIGN_IN_CODE_REFUSED",
                "The identity provider does not take the code that this sign-in came with.",
                hint="Sign in again; a code is good once, and for the browser that began.",
                check=error.error if error.error in TOKEN_ERRORS else "",
            )
        ) from error
    except (httpx2.HTTPError, ValueError) as error:
        raise unavailable("its token endpoint does not answer") from error
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise refused("id_token")
    return token


async def _json(client: AsyncOAuth2Client, address: str) -> Mapping[str, Any]:
    try:
        answer = await client.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        found = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        raise unavailable("it does not answer") from error
    if not isinstance(found, dict):
        raise unavailable("it does not answer with an object")
    return found
