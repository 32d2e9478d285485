"""Where things are found over HTTP."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID


def round_path(round_id: UUID) -> str:
    """Where a round is found."""
    return f"/v1/rounds/{round_id}"


def round_links(round_id: UUID) -> dict[str, str]:
    """A round and everything that belongs to it."""
    path = round_path(round_id)
    return {"self": path, **{part: f"{path}/{part}" for part in ("document", "changes", "runs")}}


def run_path(run_id: UUID) -> str:
    """Where a run is found."""
    return f"/v1/runs/{run_id}"


def run_links(run_id: UUID) -> dict[str, str]:
    """A run and everything that belongs to it."""
    path = run_path(run_id)
    parts = ("events", "result", "assignments", "explanations", "unmatched")
    return {"run": path, **{part: f"{path}/{part}" for part in parts}}


def explanation_path(run_id: UUID, mentor: str, mentee: str) -> str:
    """Why a pair was made. A reference may hold a slash, so the two stand in the query."""
    return f"{run_path(run_id)}/explanations?{urlencode({'mentor': mentor, 'mentee': mentee})}"
