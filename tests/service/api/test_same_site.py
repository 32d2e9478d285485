"""Requests that other sites make in somebody's name (S8): with a session none of them counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from litestar.routes import HTTPRoute

from service.api.guards import holds_key
from service.api.same_site import SAFE_METHODS
from tests.service.browsers import ORIGIN, Browser, a_signed_in_browser
from tests.service.services import a_service

OWN = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
NOBODY = "00000000-0000-0000-0000-000000000000"


def token_of(browser: Browser) -> str:
    token = browser.get("/v1/me").json()["csrf_token"]
    assert len(token) == 64
    return str(token)


def code_of(answer: Any) -> str:
    (issue,) = answer.json()["issues"]
    return str(issue["code"])


def codes_of(answer: Any) -> set[str]:
    return {issue["code"] for issue in answer.json().get("issues", ())}


FORGERIES: dict[str, dict[str, str | None]] = {
    "no token": {"x-csrf-token": None},
    "an empty token": {"x-csrf-token": ""},
    "a made-up token": {"x-csrf-token": "0" * 64},
    "another origin": {"origin": "https://elsewhere.example"},
    "an origin that begins like ours": {"origin": f"{ORIGIN}.elsewhere.example"},
    "our host in the clear": {"origin": ORIGIN.replace("https", "http")},
    "our host on another port": {"origin": f"{ORIGIN}:8443"},
    "no word of where it is from": {"origin": None, "sec-fetch-site": None},
    "a hidden origin alone": {"origin": "null", "sec-fetch-site": None},
    "from another site": {"sec-fetch-site": "cross-site"},
    "from another host of the site": {"sec-fetch-site": "same-site", "origin": None},
    "from no page": {"sec-fetch-site": "none"},
    "from another site in a form": {"sec-fetch-site": "cross-site", "origin": "null"},
}


def test_every_unsafe_route_refuses_every_forgery_and_each_safe_one_changes_nothing(
    tmp_path: Path,
) -> None:
    """Of every route that takes a session; the control is that ours gets past the check."""
    refused = 0
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path, "admin")
        browser.fail_freely()
        honest = OWN | {"x-csrf-token": token_of(browser)}
        for method, path in _unsafe_routes(caller.client.app):
            for forgery, changes in FORGERIES.items():
                sent = {name: text for name, text in (honest | changes).items() if text is not None}
                answer = browser.ask(method, path, **sent)
                assert answer.status_code == 403, (method, path, forgery)
                expected = "CSRF_TOKEN_REFUSED" if "token" in forgery else "CROSS_SITE_REFUSED"
                assert code_of(answer) == expected, (method, path, forgery)
                refused += 1
        for method, path in _unsafe_routes(caller.client.app):
            if path == "/v1/sign-out":
                continue
            answer = browser.ask(method, path, **honest)
            assert not {"CROSS_SITE_REFUSED", "CSRF_TOKEN_REFUSED"} & codes_of(answer), path
        assert browser.ask("POST", "/v1/sign-out", **honest).status_code == 204
    print(f"{refused} forged requests refused")
    assert refused >= 10 * len(FORGERIES)


@pytest.mark.parametrize(
    "own",
    [
        OWN,
        {"origin": ORIGIN},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
    ],
)
def test_an_own_page_is_believed_by_either_header(tmp_path: Path, own: dict[str, str]) -> None:
    """Old browsers send an origin alone; a form of ours says `null`, as we send no referrer."""
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        answer = browser.ask("POST", "/v1/sign-out", **own, **{"x-csrf-token": token_of(browser)})
    assert answer.status_code == 204


def test_behind_a_proxy_the_public_address_is_the_own_one(tmp_path: Path) -> None:
    with a_service(tmp_path, public_url="https://pairwell.example.gov.uk") as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        token = {"x-csrf-token": token_of(browser)}
        inner = browser.ask("POST", "/v1/sign-out", origin=ORIGIN, **token)
        public = {"origin": "https://pairwell.example.gov.uk"}
        assert code_of(inner) == "CROSS_SITE_REFUSED"
        assert browser.ask("POST", "/v1/sign-out", **public, **token).status_code == 204


def test_a_token_is_good_for_its_own_session_only(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        one, other = (a_signed_in_browser(caller.client, tmp_path) for _ in range(2))
        answer = one.ask("POST", "/v1/sign-out", **OWN, **{"x-csrf-token": token_of(other)})
        old = token_of(one)
        assert one.act("POST", "/v1/sign-out").status_code == 204
        again = a_signed_in_browser(caller.client, tmp_path)
        reused = again.ask("POST", "/v1/sign-out", **OWN, **{"x-csrf-token": old})
    assert (code_of(answer), code_of(reused)) == ("CSRF_TOKEN_REFUSED",) * 2


@pytest.mark.parametrize("header", ["x-http-method-override", "x-method-override", "x-http-method"])
def test_no_header_and_no_parameter_turns_a_get_into_something_else(
    tmp_path: Path, header: str
) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        for path in ("/v1/sign-out", "/v1/sign-out?_method=POST"):
            assert browser.get(path, **{header: "POST"}).status_code == 405
        assert browser.get("/v1/me").status_code == 200


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
def test_a_form_of_another_site_submits_no_round(tmp_path: Path, content_type: str) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        answer = browser.ask(
            "POST", "/v1/rounds", **{"content-type": content_type, "sec-fetch-site": "cross-site"}
        )
        own = browser.act("POST", "/v1/rounds", **{"content-type": content_type})
    assert code_of(answer) == "CROSS_SITE_REFUSED"
    assert code_of(own) == "CONTENT_TYPE_REFUSED"


def test_a_key_needs_no_word_of_where_it_comes_from(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin") as caller:
        headers = caller.headers() | {"origin": "https://elsewhere.example"}
        assert caller.client.post("/v1/sign-out", headers=headers).status_code == 204


def _unsafe_routes(app: Any) -> list[tuple[str, str]]:
    found = [
        (method, route.path_format.replace("{", "\0{"))
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if holds_key in {getattr(guard, "func", guard) for guard in handler.resolve_guards()}
        for method in handler.http_methods
        if method not in SAFE_METHODS
    ]
    assert len(found) >= 10
    return [(method, _filled(path)) for method, path in found]


def _filled(path: str) -> str:
    return "/".join(NOBODY if part.startswith("\0") else part for part in path.split("/"))
