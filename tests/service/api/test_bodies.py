"""Bodies that are too large, too slow or packed, however they are announced."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from models.domain.api_key import KeyRole
from service.api.app import SMALL_BODY
from tests.service.asgi import Receive, ask, giving, sending
from tests.service.bodies import described
from tests.service.routes import endpoints_of
from tests.service.services import a_document, a_service

pytestmark = pytest.mark.only_on("sqlite")  # the body is refused before the database matters

LIMIT = 60_000
PIECE = {"type": "http.request", "body": b" " * 10_000, "more_body": True}
READERS: list[tuple[str, KeyRole]] = [("/v1/rounds", "planner"), ("/v1/keys", "admin")]
"""Routes that read a body, and who may have them do so."""

NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(("path", "role"), READERS)
@pytest.mark.parametrize("announced", [None, LIMIT + 1, 10**15])
def test_too_large_a_body_is_refused_before_it_is_held(
    tmp_path: Path, path: str, role: KeyRole, announced: int | None
) -> None:
    """Announced, not a byte of it is read; sent in chunks, no more than the limit and a piece."""
    read = 0

    def endless() -> Iterator[dict[str, Any]]:
        nonlocal read
        for piece in repeat(PIECE):
            read += len(piece["body"])  # type: ignore[arg-type]
            yield piece

    headers = {} if announced is None else {"content-length": str(announced)}
    with a_service(tmp_path, role=role, body_limit=LIMIT) as caller:
        answer = ask(caller, "POST", path, giving(endless()), headers)
    assert (answer.status, answer.codes()) == (413, ["BODY_TOO_LARGE"])
    assert read == 0 if announced else LIMIT < read <= LIMIT + 10_000


def test_what_holds_no_round_may_be_small_only(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin") as caller:
        largest = ask(caller, "POST", "/v1/keys", sending(b" " * SMALL_BODY))
        larger = ask(caller, "POST", "/v1/keys", sending(b" " * (SMALL_BODY + 1)))
    assert (largest.status, larger.status) == (400, 413)
    assert json.loads(larger.body)["issues"][0]["detail"] == {"limit": SMALL_BODY}


@pytest.mark.parametrize("size", [LIMIT + 1, 1])
def test_a_body_that_is_not_as_large_as_it_was_announced_is_held_to_the_limit(
    tmp_path: Path, size: int
) -> None:
    """Servers refuse such requests; should one let it through, nothing comes of it."""
    messages = iter([{"type": "http.request", "body": b" " * size, "more_body": False}])
    with a_service(tmp_path, body_limit=LIMIT) as caller:
        answer = ask(caller, "POST", "/v1/rounds", giving(messages), {"content-length": "10"})
    assert answer.status == (413 if size > LIMIT else 400)


@pytest.mark.parametrize(("path", "role"), READERS)
@pytest.mark.parametrize("begun", [0, 1])
def test_a_body_that_does_not_come_is_not_waited_for(
    tmp_path: Path, path: str, role: KeyRole, begun: int
) -> None:
    with a_service(tmp_path, role=role, body_seconds=0.1) as caller:
        answer = ask(caller, "POST", path, _silent_after(begun))
    assert (answer.status, answer.codes()) == (408, ["BODY_TOO_SLOW"])
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize(("path", "role"), READERS)
@pytest.mark.parametrize("encoding", ["gzip", "zstd", "deflate, gzip", "BR"])
def test_a_packed_body_is_refused_unread(
    tmp_path: Path, path: str, role: KeyRole, encoding: str
) -> None:
    with a_service(tmp_path, role=role) as caller:
        answer = ask(caller, "POST", path, giving(iter(())), {"content-encoding": encoding})
    assert (answer.status, answer.codes()) == (415, ["CONTENT_ENCODING_REFUSED"])


def test_a_packed_body_that_does_not_say_so_is_no_round(tmp_path: Path) -> None:
    """A megabyte of nothing in a kilobyte stays a kilobyte."""
    bomb = gzip.compress(bytes(10**6))
    with a_service(tmp_path) as caller:
        answer = caller.post(bomb)
    assert answer.status_code == 400
    assert [issue["code"] for issue in answer.json()["issues"]] == ["BINARY_DOCUMENT"]


@pytest.mark.parametrize("role", ["planner", "admin"])
def test_every_route_that_reads_a_body_describes_how_it_refuses_one(
    tmp_path: Path, role: KeyRole
) -> None:
    """Bodies that do not come, are too large, or are packed, by all routes of a role."""
    given = {"round_id": NOBODY, "run_id": NOBODY}
    refused: dict[int, dict[str, str]] = {
        408: {},
        413: {"content-length": str(LIMIT + 1)},
        415: {"content-encoding": "gzip"},
    }
    with a_service(tmp_path, role=role, body_limit=LIMIT, body_seconds=0.05) as caller:
        readers = [e for e in endpoints_of(caller.client.app) if e.reads_body and role in e.roles]
        for endpoint in readers:
            for status, headers in refused.items():
                answer = ask(
                    caller,
                    endpoint.method,
                    endpoint.address(given),
                    _silent_after(0),
                    {"if-match": '"1"'} | headers,
                )
                assert answer.status == status, endpoint
                assert str(status) in described(caller, endpoint)["responses"], endpoint
    assert len(readers) == {"planner": 6, "admin": 2}[role]


def test_who_is_not_let_in_is_told_so_without_a_byte_being_read(tmp_path: Path) -> None:
    headers = {"authorization": "Bearer no", "content-encoding": "gzip"}
    with a_service(tmp_path) as caller:
        answer = ask(caller, "POST", "/v1/rounds", giving(iter(())), headers)
    assert answer.status == 401


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (b"9" * 10**7, "NUMBER_TOO_LONG"),
        (b"[" * 10**5 + b"]" * 10**5, "NESTED_TOO_DEEP"),
        (b'{"a":' * 10**5 + b"1" + b"}" * 10**5, "NESTED_TOO_DEEP"),
        (b"{" + b",".join(b'"%d":1' % n for n in range(10**6)) + b"}", "TOO_MANY_FIELDS"),
        (b"1e400", "NUMBER_NOT_FINITE"),
        (b'"' + b"a" * 10**7 + b'"', "UNKNOWN_FIELD"),
    ],
    ids=["digits", "lists", "objects", "fields", "infinite", "text"],
)
def test_what_no_round_holds_is_an_issue_and_no_long_work(
    tmp_path: Path, value: bytes, code: str
) -> None:
    body = (
        json.dumps(a_document() | {"more": 0}).encode().replace(b'"more": 0', b'"more": ' + value)
    )
    with a_service(tmp_path) as caller:
        answer = caller.post(body)
    assert answer.status_code in (400, 422)
    assert code in {issue["code"] for issue in answer.json()["issues"]}
    assert len(answer.content) < 1_000_000


def _silent_after(begun: int) -> Receive:
    """Gives out some pieces of a body, and then no more."""
    pieces = repeat(PIECE, begun)

    async def receive() -> dict[str, Any]:
        for piece in pieces:
            return piece
        await asyncio.Event().wait()
        raise AssertionError

    return receive
