"""Whatever goes wrong is told as `application/problem+json`, and a fault of ours tells nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.service.databases import chosen
from tests.service.services import a_document, a_service

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
ODD_BODIES = [
    b"",
    b" ",
    b"null",
    b"[]",
    b'"text"',
    b"{",
    b'{"participants": NaN}',
    b'{"participants": [1e400]}',
    b'{"participants": [' + b"9" * 5000 + b"]}",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"name": "\\ud800", "participants": []}',
    b'{"name": "\\u0000", "participants": []}',
    b'{"name": 1, "name": 2}',
    b"\xef\xbb\xbf{}",
    "{}".encode("utf-16"),
    b"\xff\xfe\x00",
    b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    b"reference,grade\nM-1,SEO\n",
]


@pytest.mark.parametrize("path", ["/nowhere", "/v1/nowhere", "/docs/nowhere", "/health", "/"])
def test_an_unknown_path_is_a_problem(tmp_path: Path, path: str) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.get(path)
    _assert_problem(answer, 404)
    assert _codes(answer) == ["PATH_UNKNOWN"]


@pytest.mark.parametrize("path", ["/v1/rounds/x", "/v1/runs/1", "/v1/runs/x/result"])
def test_what_is_no_id_is_not_found(tmp_path: Path, path: str) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.get(path)
    _assert_problem(answer, 404)
    (issue,) = answer.json()["issues"]
    assert (issue["code"], issue["detail"]["value"]) == ("PATH_UNKNOWN", path)
    assert "UUID" in issue["hint"]


def test_a_method_that_a_path_does_not_know_is_a_problem(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.client.delete("/v1/rounds", headers=caller.headers())
    _assert_problem(answer, 405)
    assert "POST" in answer.headers["allow"]
    assert _codes(answer) == ["METHOD_REFUSED"]
    assert "POST" in answer.json()["issues"][0]["hint"]


def test_too_large_a_body_is_refused_with_the_limit(tmp_path: Path) -> None:
    with a_service(tmp_path, body_limit=1234) as caller:
        answer = caller.post(b" " * 1235)
    _assert_problem(answer, 413)
    assert _codes(answer) == ["BODY_TOO_LARGE"]
    assert "1,234 bytes" in answer.json()["detail"]
    assert answer.json()["issues"][0]["detail"] == {"limit": 1234}


def test_a_request_that_is_malformed_in_another_way_is_refused_with_an_issue(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.post({}, **{"content-length": "many"})
    _assert_problem(answer, 400)
    assert _codes(answer) == ["REQUEST_REFUSED"]


@pytest.mark.parametrize("body", ODD_BODIES, ids=range(len(ODD_BODIES)))
def test_an_odd_body_is_refused_with_issues(tmp_path: Path, body: bytes) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.post(body)
    _assert_problem(answer, answer.status_code)
    assert answer.status_code in (400, 422)
    assert answer.json()["issues"]


def test_no_body_gives_a_server_error(tmp_path: Path) -> None:
    """Bytes, documents and rounds with one part replaced by anything at all."""
    with a_service(tmp_path) as caller:

        @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(st.binary(max_size=60) | _documents().map(_encoded))
        def holds(body: bytes) -> None:
            answer = caller.post(body)
            assert answer.status_code in (202, 400, 422), answer.text
            if answer.status_code != 202:
                _assert_problem(answer, answer.status_code)
                assert answer.json()["issues"]

        holds()


def test_no_parameter_gives_a_server_error(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted()

        @settings(max_examples=60, deadline=None)
        @given(st.sampled_from(["limit", "cursor", "mentor", "mentee"]), st.text(max_size=12))
        @example("mentor", "M-1\0")
        def holds(name: str, value: str) -> None:
            answer = caller.client.get(
                f"{run}/explanations", params={name: value}, headers=caller.headers()
            )
            assert answer.status_code in (200, 400), answer.text

        holds()


def test_a_fault_of_ours_gives_an_id_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_service(tmp_path) as caller:
        chosen().execute(tmp_path, "ALTER TABLE programmes RENAME TO gone")
        answer = caller.get("/v1/rules")
    body = answer.json()
    _assert_problem(answer, 500)
    assert body["instance"].startswith("urn:uuid:")
    assert "programmes" not in answer.text
    assert "Traceback" not in answer.text
    incident = body["instance"].removeprefix("urn:uuid:")
    logged = [line for line in capsys.readouterr().out.splitlines() if incident in line]
    assert len(logged) == 1
    assert json.loads(logged[0])["error_type"] in ("OperationalError", "ProgrammingError")


@pytest.mark.parametrize("body", ["null", "[]", "[null]", '"text"', "7", "", "{"])
def test_a_body_that_is_no_object_is_no_fault_of_ours(tmp_path: Path, body: str) -> None:
    with a_service(tmp_path, role="admin") as caller:
        headers = caller.headers() | {"content-type": "application/json"}
        answer = caller.client.post("/v1/keys", content=body, headers=headers)
    _assert_problem(answer, 400)
    assert _codes(answer)[0] in ("PARAMETER_INVALID", "REQUEST_REFUSED")


@pytest.mark.parametrize("name", ["actor", "programme", "database", "desk"])
def test_a_field_that_has_the_name_of_something_of_ours_is_no_fault_of_ours(
    tmp_path: Path, name: str
) -> None:
    """What a route is given by the service has these names too."""
    with a_service(tmp_path, role="admin") as caller:
        body = {"name": "hr-system", name: "x"}
        answer = caller.client.post("/v1/keys", json=body, headers=caller.headers())
    _assert_problem(answer, 400)
    (issue,) = answer.json()["issues"]
    assert (issue["code"], issue["detail"]["parameter"]) == ("PARAMETER_INVALID", name)


def _documents() -> st.SearchStrategy[Any]:
    """A sound round with one part replaced, or anything at all."""
    places = st.sampled_from(
        [
            *(("name",), ("policy",), ("participants",), ("pins",), ("bars",), ("earlier",)),
            *(("tie_salt",), ("participants", 0), ("participants", 0, "reference")),
            *(("participants", 0, "grade"), ("participants", 0, "mentor")),
            *(("participants", 0, "mentor", "capacity"), ("participants", 0, "contact")),
            *(("participants", 0, "regions"), ("participants", 2, "mentee")),
        ]
    )
    return ANYTHING | st.builds(_replaced, places, ANYTHING)


def _replaced(place: tuple[Any, ...], value: Any) -> Any:
    document = a_document(mentors=1, mentees=2)
    inner: Any = document
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return document


def _encoded(document: Any) -> bytes:
    return json.dumps(document).encode()


def _codes(answer: Any) -> list[str]:
    return [issue["code"] for issue in answer.json()["issues"]]


def _assert_problem(answer: Any, status: int) -> None:
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, body["status"]) == (status, status)
    assert {"type", "title", "detail", "issues"} <= set(body)
