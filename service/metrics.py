"""What is counted and timed for Prometheus. Labels are routes and states, never data."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
"""Of this process: each has its own `/metrics`, and whoever reads them adds them up."""

KNOWN_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})

REQUESTS = Histogram(
    "pairwell_http_request_seconds",
    "Time to the first byte of an answer.",
    ("method", "route", "status"),
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60),
    registry=REGISTRY,
)
RUNS = Histogram(
    "pairwell_run_seconds",
    "Time from taking a run up to storing its end.",
    ("status",),
    buckets=(1, 3, 10, 30, 100, 300, 1000, 3000),
    registry=REGISTRY,
)
INCUMBENTS = Counter(
    "pairwell_incumbents_total", "Better answers that searches found.", registry=REGISTRY
)
CLAIMS_LOST = Counter(
    "pairwell_claims_lost_total",
    "Runs that were cancelled or taken back while this process solved them.",
    registry=REGISTRY,
)
RUNS_TAKEN_BACK = Counter(
    "pairwell_runs_taken_back_total",
    "Runs of silent workers that this process queued again or gave up.",
    registry=REGISTRY,
)
WATCHDOG_KILLS = Counter(
    "pairwell_watchdog_kills_total",
    "Solves and searches that were ended because they did not end by themselves.",
    registry=REGISTRY,
)
LOG_LINES_LOST = Counter(
    "pairwell_log_lines_lost_total", "Lines of the log that found no room.", registry=REGISTRY
)

DATABASE_UP = Gauge(
    "pairwell_database_up", "Whether the database answered just now.", registry=REGISTRY
)
QUEUE_LENGTH = Gauge("pairwell_queue_length", "Runs that wait for a worker.", registry=REGISTRY)
QUEUE_AGE = Gauge(
    "pairwell_queue_age_seconds", "How long the oldest of them has waited.", registry=REGISTRY
)
RUNS_STORED = Gauge("pairwell_runs", "Runs in the database.", ("status",), registry=REGISTRY)
RUNS_QUARANTINED = Gauge(
    "pairwell_runs_quarantined",
    "Runs given up because worker after worker died.",
    registry=REGISTRY,
)
WEBHOOK_TRIES = Counter(
    "pairwell_webhook_tries_total",
    "Tries to send an event, by what came of them.",
    ("outcome",),
    registry=REGISTRY,
)
DELIVERIES_WAITING = Gauge(
    "pairwell_deliveries_waiting",
    "Events that webhooks in use have not taken yet.",
    registry=REGISTRY,
)
DELIVERIES_AGE = Gauge(
    "pairwell_deliveries_age_seconds",
    "How long the oldest of them has waited.",
    registry=REGISTRY,
)
WEBHOOKS_FAILING = Gauge(
    "pairwell_webhooks_failing",
    "Webhooks in use whose last try was in vain.",
    registry=REGISTRY,
)


def known_method(method: str) -> str:
    """The method; one that somebody made up is `other`, in labels and in the log."""
    return method if method in KNOWN_METHODS else "other"


def time_request(method: str, route: str, status: int, seconds: float) -> None:
    """Time an answer."""
    REQUESTS.labels(method, route, str(status)).observe(seconds)
