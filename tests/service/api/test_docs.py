from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.service.services import a_service

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Every tag with its attributes; fails on a tag that is closed in the wrong place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


@pytest.fixture
def page(tmp_path: Path) -> str:
    with a_service(tmp_path) as caller:
        return str(caller.client.get("/docs").text)


def test_the_page_needs_no_network_and_no_script(page: str) -> None:
    parsed = Page(page)
    assert not {tag for tag, _ in parsed.tags} & {"script", "iframe", "img", "object"}
    for _, attributes in parsed.tags:
        for name, value in attributes.items():
            if name in ("src", "href"):
                assert re.match(r"(#|/[^/]|data:)", value or ""), value
    assert "style=" not in page


def test_the_policy_forbids_everything_but_our_own_style(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.client.get("/docs")
        style = caller.client.get("/docs/docs.css")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert style.headers["content-type"].startswith("text/css")
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_every_operation_and_every_shape_is_on_the_page(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        schema = caller.client.get("/openapi.json").json()
        ids = {a["id"] for _, a in Page(caller.client.get("/docs").text).tags if "id" in a}
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert operation["operationId"] in ids
    for name in schema["components"]["schemas"]:
        assert f"shape-{name}" in ids


def test_every_link_on_the_page_leads_somewhere(page: str) -> None:
    parsed = Page(page)
    ids = {attributes["id"] for _, attributes in parsed.tags if "id" in attributes}
    links = [str(a["href"]) for tag, a in parsed.tags if tag == "a"]
    assert links
    for link in links:
        assert link == "/openapi.json" or link.removeprefix("#") in ids


def test_the_page_has_one_heading_a_title_and_a_way_past_the_menu(page: str) -> None:
    tags = Page(page).tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert ("html", {"lang": "en"}) in tags
    assert ("a", {"class": "skip", "href": "#content"}) in tags
    assert "undefined" not in page.casefold()
