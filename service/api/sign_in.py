"""Signing in over HTTP: to the identity provider and back, or by a one-time link.

These are the only GET requests that change anything: browsers come here by following redirects
and links.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

import structlog
from litestar import Controller, Response, get
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from service.api.cookies import (
    SESSION,
    SIGN_IN,
    no_sign_in_cookie,
    session_cookie,
    sign_in_cookie,
)
from service.api.guards import open_to_everybody, too_many_tries
from service.api.problems import AnyRequest
from service.errors import NotAuthenticated, NotFound, NotPermitted, Refusal, one_issue
from service.operations.database import require_ready
from service.operations.sign_in import sign_in, sign_in_by_link
from service.security.identity_provider import IdentityProvider
from service.security.sign_in_secret import SignInSecret
from service.settings import Settings
from service.storage.database import Database

AFTERWARDS = "/v1/me"
"""Where people are once they have signed in."""

ACTOR = "sign-in"

Text = Annotated[str | None, QueryParameter(max_length=4096)]


class SignInController(Controller):
    """Open to everybody: who may in is found out here."""

    path = "/sign-in"
    guards = (open_to_everybody,)
    include_in_schema = False

    @get(operation_id="beginSignIn")
    async def begin(self, provider: NamedDependency[IdentityProvider | None]) -> Response[None]:
        """Send the browser to the identity provider."""
        secret = SignInSecret.fresh()
        address = await _require(provider).address(secret)
        return _redirect(address, sign_in_cookie(secret.text))

    @get("/callback", operation_id="endSignIn")
    async def end(
        self,
        request: AnyRequest,
        provider: NamedDependency[IdentityProvider | None],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
        code: Text = None,
        sent_state: Annotated[str | None, QueryParameter(name="state", max_length=4096)] = None,
        iss: Text = None,
    ) -> Response[None]:
        """Take the browser back from the identity provider, with a session if all is well."""
        known = _require(provider)
        await require_ready(database)
        try:
            secret = _secret_of(request, sent_state)
            if code is None:
                raise NotAuthenticated(
                    one_issue(
                        "SIGN_IN_DENIED",
                        "The identity provider did not sign you in.",
                        hint="Try again, or ask whoever gives out access.",
                    )
                )
            identity = await known.identify(secret, code, iss)
            async with database.writing(settings.programme, ACTOR) as store:
                _, session_id = await sign_in(
                    store, identity, secret.digest, datetime.now(UTC), _held(request)
                )
        except (NotAuthenticated, NotPermitted) as refusal:
            raise await _refused(request, refusal) from refusal
        return _redirect(AFTERWARDS, session_cookie(session_id), no_sign_in_cookie())

    @get("/link/{link:str}", operation_id="signInByLink")
    async def by_link(
        self,
        request: AnyRequest,
        link: FromPath[str],
        database: NamedDependency[Database],
        settings: NamedDependency[Settings],
    ) -> Response[None]:
        """Sign in by a one-time link of a demo or of development."""
        await require_ready(database)
        try:
            async with database.writing(settings.programme, ACTOR) as store:
                _, session_id = await sign_in_by_link(
                    store, settings, link, datetime.now(UTC), _held(request)
                )
        except (NotAuthenticated, NotPermitted) as refusal:
            raise await _refused(request, refusal) from refusal
        return _redirect(AFTERWARDS, session_cookie(session_id))


def _require(provider: IdentityProvider | None) -> IdentityProvider:
    if provider is None:
        raise NotFound(
            one_issue(
                "SIGN_IN_NOT_SET_UP",
                "There is no identity provider by which to sign in.",
                hint="Whoever runs the service: set PAIRWELL_OIDC_ISSUER.",
            )
        )
    return provider


def _secret_of(request: AnyRequest, state: str | None) -> SignInSecret:
    """The secret of the attempt that this browser began and the provider answers."""
    secret = SignInSecret.read(request.cookies.get(SIGN_IN, ""))
    if secret is None or not hmac.compare_digest(secret.state.encode(), (state or "").encode()):
        raise NotAuthenticated(
            one_issue(
                "SIGN_IN_STATE_REFUSED",
                "This sign-in was begun in another browser, or too long ago.",
                hint="Begin again at /sign-in.",
            )
        )
    return secret


def _held(request: AnyRequest) -> str:
    """The session id that the browser held until now, which must not live on."""
    return request.cookies.get(SESSION, "")


async def _refused(request: AnyRequest, refusal: Refusal) -> Refusal:
    (issue,) = refusal.issues
    structlog.get_logger().warning(
        "sign-in refused", code=issue.code, detail=issue.detail.get("check", "")
    )
    return await too_many_tries(request) or refusal


def _redirect(address: str, *cookies: Cookie) -> Response[None]:
    return Response(
        None,
        status_code=int(HTTPStatus.SEE_OTHER),
        headers={"Location": address},
        cookies=list(cookies),
    )
