"""Structured logs by allow-list: what is not listed here is never written.

Names, bodies, query strings, paths with references in them and the texts of exceptions may
all hold personal data, so an event carries known fields only.
"""

from __future__ import annotations

import traceback
from typing import Any
from uuid import uuid4

import structlog
from structlog.typing import EventDict, WrappedLogger

ALLOWED = frozenset(
    {
        "attempt",
        "code",
        "detail",
        "duration_ms",
        "error_type",
        "event",
        "incident",
        "level",
        "method",
        "path_template",
        "position",
        "run",
        "runs",
        "solve_status",
        "status",
        "stopped_by",
        "timestamp",
        "webhook",
        "where",
    }
)
FRAMES = 5


def configure_logs() -> None:
    """Write one JSON object a line to the standard output, with the allowed fields only."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed,
            structlog.processors.JSONRenderer(),
        ],
        cache_logger_on_first_use=False,
    )


def keep_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drops every field that is not on the list."""
    return {name: value for name, value in event.items() if name in ALLOWED}


def log_incident(event: str, error: BaseException, **fields: Any) -> str:
    """Log an error without its text, and give the incident's id, which may be shown."""
    incident = str(uuid4())
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    structlog.get_logger().error(
        event,
        incident=incident,
        error_type=type(error).__qualname__,
        where=[f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames],
        **fields,
    )
    return incident
