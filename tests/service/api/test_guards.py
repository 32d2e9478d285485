from __future__ import annotations

from pathlib import Path

import pytest

from service.operations.database import downgrade_database
from tests.service.services import a_document, a_service, some_settings

OPEN = ["/health/live", "/health/ready", "/docs", "/docs/docs.css", "/openapi.json"]


@pytest.mark.parametrize("path", ["/v1/rules", "/v1/sample-round"])
@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Bearer pw_", "Basic dTpw", "Bearer " + "x" * 5000],
)
def test_without_a_key_nothing_of_a_programme_is_shown(
    tmp_path: Path, path: str, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"authorization": authorization}
    with a_service(tmp_path) as caller:
        answer = caller.client.get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["issues"][0]["code"] == "KEY_REFUSED"


def test_without_a_key_a_submission_is_refused_before_its_body_is_looked_at(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path, body_limit=10) as caller:
        answer = caller.client.post("/v1/rounds", content=b" " * 1000)
    assert answer.status_code == 401


def test_with_a_database_of_another_version_every_route_says_so(tmp_path: Path) -> None:
    """Whatever the key: it cannot be looked up, and its rows could mean something else."""
    with a_service(tmp_path) as caller:
        caller.client.blocking_portal.call(downgrade_database, some_settings(tmp_path), "base")
        for answer in (caller.get("/v1/rules"), caller.post(a_document())):
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/problem+json"
            assert [issue["code"] for issue in answer.json()["issues"]] == ["DATABASE_OUTDATED"]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_without_regard_to_case(tmp_path: Path, scheme: str) -> None:
    with a_service(tmp_path) as caller:
        headers = {"authorization": f"{scheme} {caller.key}"}
        assert caller.client.get("/v1/rules", headers=headers).status_code == 200


@pytest.mark.parametrize("path", OPEN)
def test_health_and_documentation_are_open(tmp_path: Path, path: str) -> None:
    with a_service(tmp_path) as caller:
        assert caller.client.get(path).status_code == 200


def test_an_options_request_needs_a_key_too(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        assert caller.client.options("/v1/rounds/drafts").status_code == 401
        answer = caller.client.options("/v1/rounds/drafts", headers=caller.headers())
        every = caller.client.options("/v1/keys", headers=caller.headers())
        one = caller.client.options(
            "/v1/keys/00000000-0000-4000-8000-000000000000", headers=caller.headers()
        )
    assert answer.status_code == 204
    assert "POST" in answer.headers["allow"]
    assert every.headers["allow"] == "GET, OPTIONS, POST"
    assert one.headers["allow"] == "DELETE, OPTIONS"


def test_the_key_is_never_shown_again(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted(a_document())
        for path in (run, f"{run}/result", "/v1/rules"):
            assert caller.key not in caller.get(path).text
