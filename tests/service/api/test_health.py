from __future__ import annotations

from pathlib import Path

from litestar.testing import TestClient

from service.main import create_service
from tests.service.services import a_service, solve_at_once, some_settings


def test_a_service_with_an_up_to_date_database_lives_and_can_work(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        for path in ("/health/live", "/health/ready"):
            answer = caller.client.get(path)
            assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_service_without_a_schema_lives_and_says_that_it_cannot_work(tmp_path: Path) -> None:
    with TestClient(create_service(some_settings(tmp_path), solve_at_once)) as client:
        assert client.get("/health/live").status_code == 200
        answer = client.get("/health/ready")
        assert client.head("/health/ready").status_code == 503
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert "not at the version that this service needs" in answer.json()["detail"]
    assert [issue["code"] for issue in answer.json()["issues"]] == ["DATABASE_OUTDATED"]


def test_a_monitor_may_ask_without_wanting_a_body(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        for path in ("/health/live", "/health/ready"):
            answer = caller.client.head(path)
            assert (answer.status_code, answer.content) == (200, b"")
