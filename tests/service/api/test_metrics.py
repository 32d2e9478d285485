"""What `/metrics` says, on a port of its own."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from service.api.metrics import measure_queue
from service.metrics import REGISTRY
from service.storage import webhooks
from service.storage.database import Database
from tests.service.runs import claimed, queued
from tests.service.services import PROGRAMME, Caller, a_database, a_document, a_service
from tests.service.webhooks import a_webhook


def figure(name: str, **labels: str) -> float:
    """A figure of this process; 0 where nothing has been counted yet."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def exposed(caller: Caller, written: str) -> str:
    """What Prometheus reads."""
    assert caller.client.get("/metrics").status_code == 404
    (line,) = (json.loads(line) for line in written.splitlines() if "metrics served" in line)
    address = f"http://127.0.0.1:{line['port']}"
    assert httpx.get(f"{address}/v1/rules").status_code == 404
    return httpx.get(f"{address}/metrics").text


def test_requests_and_runs_are_measured_by_route_and_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = {"method": "GET", "route": "/v1/runs/{run_id}/explanations", "status": "200"}
    before = {
        name: figure(name, **labels)
        for name, labels in (
            ("pairwell_http_request_seconds_count", request),
            ("pairwell_run_seconds_count", {"status": "solved"}),
        )
    }
    with a_service(tmp_path, metrics_port=0) as caller:
        started = capsys.readouterr().out
        run = caller.submitted(a_document(mentors=1, mentees=1))
        caller.get(f"{run}/explanations?mentor=M-1")
        caller.client.request("NOSUCHMETHOD", "/nowhere/M-1")
        text = exposed(caller, started)
    assert (
        figure("pairwell_http_request_seconds_count", **request)
        == 1 + before["pairwell_http_request_seconds_count"]
    )
    assert (
        figure("pairwell_run_seconds_count", status="solved")
        == 1 + before["pairwell_run_seconds_count"]
    )
    assert 'pairwell_runs{status="solved"} 1.0' in text
    assert "pairwell_queue_length 0.0" in text
    assert "pairwell_database_up 1.0" in text
    for secret in ("M-1", "E-1", "NOSUCHMETHOD", "/nowhere", run.rpartition("/")[2]):
        assert secret not in text


@pytest.mark.anyio
async def test_the_queue_is_measured_over_all_that_wait(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        for _ in range(3):
            await queued(database)
        await claimed(database)
        await measure_queue(database)
    assert figure("pairwell_queue_length") == 2
    assert figure("pairwell_queue_age_seconds") > 0
    assert figure("pairwell_runs", status="solving") == 1
    assert figure("pairwell_runs_quarantined") == 0


@pytest.mark.anyio
async def test_what_waits_for_webhooks_is_measured_where_it_is_still_wanted(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        failing, _ = await a_webhook(database, "https://one.example.org/", events=2)
        unwanted, _ = await a_webhook(database, "https://two.example.org/", events=3)
        async with database.writing(PROGRAMME, "test") as store:
            await webhooks.change(store, failing, failures=1)
            await webhooks.change(store, unwanted, failures=1, state="disabled")
        await measure_queue(database)
    assert figure("pairwell_deliveries_waiting") == 2
    assert figure("pairwell_deliveries_age_seconds") > 0
    assert figure("pairwell_webhooks_failing") == 1


@pytest.mark.anyio
@pytest.mark.only_on("sqlite")
async def test_a_database_that_is_gone_is_a_figure_too(tmp_path: Path) -> None:
    database = Database(f"postgresql+asyncpg://me@/base?host={tmp_path}")
    await measure_queue(database)
    await database.close()
    assert figure("pairwell_database_up") == 0


def test_without_a_port_there_is_nothing_to_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_service(tmp_path) as caller:
        assert caller.client.get("/metrics").status_code == 404
    assert "metrics served" not in capsys.readouterr().out
