"""One test for each flaw that was found in the framework before: none of them works here (S14)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import quote

import pytest
from litestar.routes import HTTPRoute

from service.api.cookies import SESSION
from service.operations.failed_tries import MOST_TRIES
from tests.service.browsers import Browser, a_signed_in_browser
from tests.service.services import a_service, an_endless_minute

ROOT = Path(__file__).parents[3]
FLOOR = (2, 22)
"""The first release without all of them."""


def test_no_release_with_a_known_flaw_can_be_installed() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    (found,) = (
        re.match(r"litestar>=(\d+)\.(\d+)", line) for line in declared if "litestar" in line
    )
    assert found is not None
    assert (int(found[1]), int(found[2])) >= FLOOR


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "forwarded", "x-real-ip", "x-client-ip", "cf-connecting-ip"]
)
def test_rate_limits_no_made_up_address_is_another_bucket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    an_endless_minute(monkeypatch)
    with a_service(tmp_path) as caller:
        statuses = [
            caller.client.get("/v1/rules", headers={header: f"198.51.100.{number}"}).status_code
            for number in range(MOST_TRIES + 1)
        ]
    assert statuses == [401] * MOST_TRIES + [429]


def test_cors_no_other_origin_may_read_anything(tmp_path: Path) -> None:
    with a_service(tmp_path, public_url="https://a.b") as caller:
        for origin in ("https://axb", "https://a.b", "https://a.b.elsewhere.example", "null"):
            asked = {"origin": origin, "access-control-request-method": "POST"}
            for method, path in (("GET", "/v1/rules"), ("OPTIONS", "/v1/rounds"), ("GET", "/docs")):
                answer = caller.client.request(method, path, headers=caller.headers() | asked)
                assert not [name for name in answer.headers if name.startswith("access-control")]


def test_allowed_hosts_a_dot_is_a_dot(tmp_path: Path) -> None:
    with a_service(tmp_path, allowed_hosts=("a.b",)) as caller:
        statuses = {
            host: caller.client.get("/docs", headers={"host": host}).status_code
            for host in ("a.b", "axb")
        }
    assert statuses == {"a.b": 200, "axb": 400}


@pytest.mark.parametrize("header", ["x-forwarded-host", "forwarded", "x-host", "x-original-host"])
def test_allowed_hosts_no_other_header_names_the_host(tmp_path: Path, header: str) -> None:
    with a_service(tmp_path, allowed_hosts=("a.b",)) as caller:
        for host in ("", "axb"):
            value = "host=a.b" if header == "forwarded" else "a.b"
            answer = caller.client.get("/docs", headers={"host": host, header: value})
            assert answer.status_code == 400


def test_stores_no_two_ids_are_one_by_way_of_their_spelling(tmp_path: Path) -> None:
    """The framework's file store took look-alikes for one key: U+212A is a K once normalised."""
    with a_service(tmp_path) as caller:
        session = a_signed_in_browser(caller.client, tmp_path).session
        assert session is not None
        spellings = [session.swapcase(), f"{session}=", f" {session}", f"{session}\u200b"]
        spellings += [chr(ord(session[0]) + 0xFEE0) + session[1:], f"{session}/../{session}"]
        for spelling in spellings:
            given = quote(spelling) if spelling.isascii() else spelling
            header = {b"cookie": f'{SESSION}="{given}"'.encode()}
            assert caller.client.get("/v1/me", headers=header).status_code == 401, spelling


def test_caches_no_answer_is_kept_for_somebody_else(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        handlers = [
            handler
            for route in caller.client.app.routes
            if isinstance(route, HTTPRoute)
            for handler in route.route_handlers
        ]
        assert handlers
        assert not any(handler.cache for handler in handlers)


def test_csrf_nothing_of_a_cookie_is_written_into_a_page(tmp_path: Path) -> None:
    planted = 'x"><svg onload=alert(1)>'
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        for name in ("csrftoken", "x-csrftoken", "csrf_token"):
            browser.cookies[name] = quote(planted)
        for path in ("/docs", "/v1/me", "/openapi.json", "/nothing"):
            assert "svg onload" not in browser.get(path).text
        stranger = Browser(caller.client)
        stranger.cookies = {SESSION: quote(planted)}
        assert "svg" not in stranger.get("/v1/me").text


def test_static_files_nothing_beside_the_style_sheet_can_be_had(tmp_path: Path) -> None:
    up = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%252f", ".%2e/", "....//")
    with a_service(tmp_path) as caller:
        for step in up:
            for target in ("app.py", "pages/docs.html.j2", "../pyproject.toml", "etc/passwd"):
                for start in ("/docs/", "/docs/docs.css/"):
                    answer = caller.client.get(f"{start}{step * 3}{target}")
                    assert answer.status_code in (400, 404), answer.request.url
                    assert "import" not in answer.text
