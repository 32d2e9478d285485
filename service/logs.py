"""Structured logs by allow-list: what is not listed here is never written.

Names, bodies, query strings, paths with references in them and the texts of exceptions may
all hold personal data, so an event carries known fields only.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any
from uuid import uuid4

import structlog
from structlog.typing import EventDict, WrappedLogger

from service.metrics import LOG_LINES_LOST

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
        "logger",
        "method",
        "path_template",
        "port",
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
    """Write one JSON object a line to the standard output, with the allowed fields only.

    What libraries log goes the same way, without its text.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_names: Lines(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for handler in [kept for kept in root.handlers if isinstance(kept, LibraryLines)]:
        root.removeHandler(handler)
    root.addHandler(LibraryLines(logging.WARNING))


def keep_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drops every field that is not on the list."""
    return {name: value for name, value in event.items() if name in ALLOWED}


def log_incident(event: str, error: BaseException, **fields: Any) -> str:
    """Log an error without its text, and give the incident's id, which may be shown."""
    incident = str(uuid4())
    structlog.get_logger().error(
        event,
        incident=incident,
        error_type=type(error).__qualname__,
        where=_frames(error.__traceback__),
        **fields,
    )
    return incident


class Lines:
    """The standard output, a line at a time. A line that finds no room is lost, and counted.

    The service goes on without its log; what must not be lost is in the audit log, which is
    written with the act itself.
    """

    _torn = False

    def msg(self, text: str) -> None:
        """Write a line, and begin a new one first where the last may have ended half-way."""
        try:
            sys.stdout.write(f"\n{text}\n" if Lines._torn else f"{text}\n")
            sys.stdout.flush()
            Lines._torn = False
        except OSError:
            Lines._torn = True
            LOG_LINES_LOST.inc()

    debug = info = warning = error = critical = msg


class LibraryLines(logging.Handler):
    """What libraries log: who, where in their code and the kind of error, but not the text."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record on; its text may repeat anything, such as the error of a task."""
        _kind, error, trace = record.exc_info or (None, None, None)
        structlog.get_logger().log(
            record.levelno,
            "library message",
            logger=record.name,
            where=_frames(trace) or [f"{record.pathname}:{record.lineno} in {record.funcName}"],
            **({"error_type": type(error).__qualname__} if error else {}),
        )


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
