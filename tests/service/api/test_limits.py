"""Limits of one caller, as they are told over HTTP."""

from __future__ import annotations

import re
from pathlib import Path

from tests.service.services import HeldSolver, a_document, a_service


def test_past_the_limit_a_key_is_told_when_to_come_back(tmp_path: Path) -> None:
    with a_service(tmp_path, requests_per_minute=3) as caller:
        answers = [caller.get("/v1/rules") for _ in range(7)]
        open_to_all = caller.get("/health/live")
    first, refused = answers[0], [answer for answer in answers if answer.status_code == 429]
    assert len(refused) in (1, 4)  # a minute may have ended in between
    assert first.headers["ratelimit-policy"] == '"caller";q=3;w=60, "programme";q=6000;w=60'
    assert re.fullmatch(r'"caller";r=2;t=\d+, "programme";r=5999;t=\d+', first.headers["ratelimit"])
    assert refused[-1].headers["content-type"] == "application/problem+json"
    assert refused[-1].headers["ratelimit"].startswith('"caller";r=0;t=')
    assert 0 < int(refused[-1].headers["retry-after"]) <= 60
    assert refused[-1].json()["issues"][0]["code"] == "TOO_MANY_REQUESTS"
    assert "ratelimit" not in open_to_all.headers


def test_a_programme_queues_no_more_runs_than_it_may(tmp_path: Path) -> None:
    """What is refused leaves nothing behind, and a run that ends makes room."""
    solver = HeldSolver()
    with a_service(tmp_path, solver, unfinished_runs=2) as caller:
        accepted = [
            caller.post(a_document(), **{"idempotency-key": "1"}),
            caller.post(a_document()),
        ]
        refused = caller.post(a_document())
        repeated = caller.post(a_document(), **{"idempotency-key": "1"})
        caller.do(f"{accepted[1].headers['location']}/cancel")
        again = caller.post(a_document()).status_code
        solver.released.set()
    assert [answer.status_code for answer in accepted] == [202, 202]
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == 30
    assert refused.json()["issues"][0]["code"] == "QUEUE_FULL"
    assert (repeated.status_code, repeated.json()) == (202, accepted[0].json())
    assert again == 202
