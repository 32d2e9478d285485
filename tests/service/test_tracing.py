"""What is traced of requests and runs, and that nothing of anybody is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import ValidationError

from service.settings import Settings
from service.tracing import ALLOWED, span, start_tracing, stop_tracing
from tests.service.services import a_document, a_service

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def spans() -> Iterator[Any]:
    """What was traced, once tracing is over."""
    exporter = InMemorySpanExporter()
    start_tracing(exporter)

    def traced() -> list[Any]:
        stop_tracing()
        return list(exporter.get_finished_spans())

    yield traced
    stop_tracing()


def test_requests_are_named_by_their_routes_and_runs_have_their_parts(
    tmp_path: Path, spans: Any
) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted(a_document(mentors=1, mentees=1))
        headers = caller.headers() | {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
        caller.client.get(f"{run}/explanations/M-1/E-1?mentor=M-1", headers=headers)
    made = spans()
    by_name = {each.name: each for each in made}
    assert set(by_name) >= {
        "POST /v1/rounds",
        "GET /v1/runs/{run_id}/explanations/{mentor}/{mentee}",
        "run",
        "solve",
        "store",
    }
    explained = by_name["GET /v1/runs/{run_id}/explanations/{mentor}/{mentee}"]
    assert explained.attributes["http.response.status_code"] == 200
    assert f"{explained.context.trace_id:032x}" == TRACE
    assert by_name["solve"].parent.span_id == by_name["run"].context.span_id
    assert by_name["store"].parent.span_id == by_name["run"].context.span_id
    assert all(set(each.attributes) <= set(ALLOWED.values()) for each in made)
    told = " ".join(each.to_json() for each in made)
    for secret in ("M-1", "E-1", "mentor=", caller.key, "Mentor Nr", "example.gov.uk"):
        assert secret not in told


def test_an_error_ends_a_span_without_its_text(spans: Any) -> None:
    with pytest.raises(ValueError, match="Wales"), span("solve"):
        raise ValueError("Mentor Nr 1 lives in Wales")
    (ended,) = spans()
    assert "Wales" not in ended.to_json()


def test_what_is_no_fact_of_a_span_cannot_be_put_there(spans: Any) -> None:
    with pytest.raises(KeyError), span("solve", name_of="Mentor Nr 1"):
        pass
    assert spans() == []


def test_where_nobody_wants_traces_there_are_none() -> None:
    with span("solve") as begun:
        assert begun is None


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.tracing.find_spec", lambda name: None)
    with pytest.raises(ValidationError, match=r"install pairwell\[otel\]"):
        Settings(tracing=True)
