"""An identity provider that lies in whatever way a test wants, on this machine.

`oidc-provider-mock` plays an honest one; no forged token can be had of it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "pairwell"
CLIENT_SECRET = "of the provider's making"  # noqa: S105
ROLES = {"people-who-plan": "planner", "people-who-administer": "admin"}

Claims = dict[str, Any]


@cache
def a_key(kid: str = "published") -> RSAKey:
    """A key pair by its name; only that of `published` is published."""
    return RSAKey.generate_key(2048, {"kid": kid})


def signed(claims: Claims, key: RSAKey | None = None, **header: Any) -> str:
    """An honest ID token, but for what the arguments say."""
    key = key or a_key()
    whole = {"alg": "RS256", "kid": key.kid, **header}
    return jwt.encode(whole, claims, key, algorithms=[whole["alg"]])


def unsigned(claims: Claims) -> str:
    """A token that says that it needs no signature."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def signed_with_text(claims: Claims, secret: bytes, **header: Any) -> str:
    """A token under a symmetric key, such as a public key taken for one."""
    content = f"{_part({'alg': 'HS256', **header})}.{_part(claims)}"
    return f"{content}.{_base64(hmac.new(secret, content.encode(), hashlib.sha256).digest())}"


@dataclass
class Provider:
    """How the provider answers; `token` makes the ID token of the claims of a code."""

    issuer: str
    token: Callable[[Claims], str] = signed
    description: dict[str, Any] = field(default_factory=dict)
    published: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, tuple[str, Claims]] = field(default_factory=dict)
    takes_codes_again: bool = False
    moved_to: str = ""
    asked_for: list[str] = field(default_factory=list)

    def settings(self, public_url: str) -> dict[str, Any]:
        """The settings of a service whose people sign in here."""
        return {
            "public_url": public_url,
            "oidc_issuer": self.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "oidc_roles": ROLES,
        }

    def asked(self, address: str, **claims: Any) -> str:
        """What the provider does when somebody signs in there: the path that it redirects to."""
        asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        now = int(time.time())
        honest = {
            "iss": self.issuer,
            "sub": "somebody",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": "somebody@example.gov.uk",
            "email_verified": True,
            "roles": ["people-who-plan"],
        }
        given = {name: value for name, value in (honest | claims).items() if value is not None}
        code = f"code-{len(self.codes)}"
        self.codes[code] = (asked["code_challenge"], given)
        back = {"code": code, "state": asked["state"]}
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(back)}"

    def described(self) -> dict[str, Any]:
        """What is published at the well-known address."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.description

    def redeemed(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code; None for one that is none, or was not asked for by its bearer."""
        challenge, claims = self.codes.get(form.get("code", ""), ("", {}))
        verifier = form.get("code_verifier", "").encode()
        if not challenge or _base64(hashlib.sha256(verifier).digest()) != challenge:
            return None
        if not self.takes_codes_again:
            del self.codes[form["code"]]
        return {"access_token": "no use", "token_type": "Bearer", "id_token": self.token(claims)}


@contextmanager
def a_provider(**how: Any) -> Iterator[Provider]:
    """A provider on a free port of this machine."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked_for.append(self.path)
            if provider.moved_to:
                self._answer({}, 302, location=provider.moved_to + self.path)
            elif self.path == "/.well-known/openid-configuration":
                self._answer(provider.described())
            elif self.path == "/keys":
                keys = [a_key().as_dict(private=False), *provider.published]
                self._answer({"keys": keys})
            else:
                self._answer({}, 404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: value[0] for name, value in parse_qs(body).items()}
            tokens = provider.redeemed(form)
            self._answer(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

        def _answer(self, document: dict[str, Any], status: int = 200, **headers: str) -> None:
            content = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_address[1]}", **how)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()


def _part(content: dict[str, Any]) -> str:
    return _base64(json.dumps(content).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
