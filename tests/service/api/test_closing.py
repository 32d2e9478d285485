"""A process that was told to end says so to its load balancer, and answers until it does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

import pytest
from litestar.testing import TestClient

from service.main import create_service
from tests.service.services import a_database, solve_at_once, some_settings


@pytest.mark.only_on("sqlite")
def test_it_is_not_ready_any_more_and_ends_each_connection(tmp_path: Path) -> None:
    async def prepared() -> None:
        async with a_database(tmp_path):
            pass

    asyncio.run(prepared())
    closing = Event()
    app = create_service(some_settings(tmp_path), solve_at_once, closing)
    with TestClient(app) as client:
        before = client.get("/health/ready")
        closing.set()
        after = client.get("/health/ready")
        head = client.head("/health/ready")
        alive = client.get("/health/live")
    assert before.status_code == 200
    assert "connection" not in before.headers
    assert (after.status_code, head.status_code) == (503, 503)
    assert [issue["code"] for issue in after.json()["issues"]] == ["SERVICE_CLOSING"]
    assert after.headers["retry-after"]
    assert alive.status_code == 200
    assert {answer.headers["connection"] for answer in (after, head, alive)} == {"close"}
