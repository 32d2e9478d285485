"""Traces by OpenTelemetry, where they are wanted: what was done and for how long, never data.

Without the extra `otel`, or where nobody has started it, nothing of it is even imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

ALLOWED: Final = {
    "method": "http.request.method",
    "route": "http.route",
    "code": "http.response.status_code",
    "run": "pairwell.run",
    "attempt": "pairwell.attempt",
    "status": "pairwell.status",
}
"""What a span may carry, and what OpenTelemetry calls it."""

LAST_SPANS_SECONDS = 2.0
"""How long the end of a process waits for spans to be sent."""

_started: list[TracerProvider] = []


def can_trace() -> bool:
    """Whether the extra `otel` is installed."""
    return find_spec("opentelemetry") is not None and find_spec("opentelemetry.sdk") is not None


def start_tracing(exporter: SpanExporter | None = None) -> None:
    """Trace from here on; by default to where the variables of OpenTelemetry say."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(
        resource=Resource.create({"service.name": "pairwell"}), shutdown_on_exit=False
    )
    provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter()))
    _started[:] = [provider]


def stop_tracing() -> None:
    """Send what is left, if that is soon done."""
    while _started:
        last = Thread(target=_started.pop().shutdown, daemon=True)
        last.start()
        last.join(LAST_SPANS_SECONDS)


@contextmanager
def span(name: str, parent: str | None = None, **facts: str | int) -> Iterator[Any]:
    """The block as a span, below the one that is open; None where nothing is traced.

    `parent` is the `traceparent` of a caller. Errors end a span without their text.
    """
    if not _started:
        yield None
        return
    tracer = _started[0].get_tracer("pairwell")
    with tracer.start_as_current_span(
        name,
        context=_context_of(parent) if parent else None,
        attributes={ALLOWED[fact]: value for fact, value in facts.items()},
        record_exception=False,
        set_status_on_exception=False,
    ) as begun:
        yield begun


def _context_of(traceparent: str) -> Context:
    """Ids only: whatever else callers send along with them may be anything."""
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    return TraceContextTextMapPropagator().extract({"traceparent": traceparent})
