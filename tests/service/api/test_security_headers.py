"""What every answer tells the browser to refuse, on every route and every way of failing (S8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.routes import HTTPRoute

from service.api import guards
from service.api.security_headers import add_security_headers, nonce_of
from tests.service.browsers import Browser, a_link, a_signed_in_browser
from tests.service.services import a_service

NOBODY = "00000000-0000-0000-0000-000000000000"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def every_address(app: Litestar) -> Iterator[str]:
    """A path for every route, those that are not described too."""
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        yield re.sub(r"\{[^}]*\}", NOBODY, route.path)


def assert_protected(answer: Any, what: str) -> None:
    headers = answer.headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'", what
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == policy["connect-src"] == "'self'"
    assert not re.search(r"unsafe|\*|https?:", headers["content-security-policy"]), what
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains", what
    assert headers["x-content-type-options"] == "nosniff", what
    assert headers["referrer-policy"] == "no-referrer", what
    assert headers["cross-origin-opener-policy"] == "same-origin", what
    assert headers["cross-origin-resource-policy"] == "same-origin", what
    assert headers["x-frame-options"] == "DENY", what
    assert headers["cache-control"] == "no-store", what
    assert "server" not in headers, what
    assert "x-powered-by" not in headers, what


def test_every_route_answers_every_method_with_them(tmp_path: Path) -> None:
    answers = 0
    with a_service(tmp_path) as caller:
        for path in every_address(caller.client.app):
            for method in METHODS:
                for headers in ({}, caller.headers()):
                    answer = caller.client.request(
                        method, path, headers=headers, follow_redirects=False
                    )
                    assert_protected(answer, f"{method} {path}: {answer.status_code}")
                    assert answer.status_code != 500, f"{method} {path}"
                    answers += 1
    print(f"{answers} answers, each with every header")
    assert answers > 300


def test_every_way_of_failing_does_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_service(tmp_path, body_limit=10) as caller:
        seen = {}
        for what, answer in {
            "unknown path": caller.client.get("/nothing/here"),
            "path of a parent": caller.client.get("/docs/..%2f..%2fpyproject.toml"),
            "wrong host": caller.client.get("/docs", headers={"host": "elsewhere.example"}),
            "bad parameter": caller.get(f"/v1/runs/{NOBODY}/assignments?limit=x"),
            "too large": caller.post(b" " * 100),
            "no JSON": caller.post(b"{", **{"content-type": "text/plain"}),
        }.items():
            assert_protected(answer, what)
            seen[what] = answer.status_code

        async def fail(*_given: object) -> None:
            raise RuntimeError("on purpose")

        monkeypatch.setattr(guards, "require_ready", fail)
        answer = caller.get("/v1/rules")
        assert_protected(answer, "incident")
    assert answer.status_code == 500
    assert seen == {
        "unknown path": 404,
        "path of a parent": 404,
        "wrong host": 400,
        "bad parameter": 400,
        "too large": 413,
        "no JSON": 415,
    }


def test_what_a_browser_is_shown_after_signing_in_has_them(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        signing_in = Browser(caller.client).get(a_link(tmp_path))
        browser = a_signed_in_browser(caller.client, tmp_path)
        for answer in (signing_in, browser.get("/v1/me"), browser.act("POST", "/v1/sign-out")):
            assert_protected(answer, answer.text)
            assert answer.headers["cache-control"] == "no-store"


@pytest.mark.anyio
async def test_a_page_that_asks_has_a_nonce_of_its_own_and_others_none() -> None:
    policies = []
    for asks in (True, True, False):
        scope: Any = {"type": "http", "state": {}, "headers": []}
        nonce = nonce_of(ASGIConnection(scope)) if asks else None
        assert not asks or nonce == nonce_of(ASGIConnection(scope))
        message: Any = {"type": "http.response.start", "status": 200, "headers": []}
        await add_security_headers(message, scope)
        policies.append(dict(message["headers"])[b"content-security-policy"].decode())
        if nonce:
            assert len(nonce) >= 22
            assert policies[-1].count(f"'nonce-{nonce}'") == 2
    assert policies[0] != policies[1]
    assert "nonce" not in policies[2]
