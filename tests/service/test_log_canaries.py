"""Whatever comes in, by whichever door and in whichever place, stays out of the log."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.domain.problem import Problem
from service.logs import ALLOWED
from tests.service.programmes import UNLIMITED
from tests.service.services import Caller, a_document, a_service, solve_at_once

CANARY = "Kanarienvogel"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", CANARY.upper())


@pytest.mark.slow
def test_no_canary_that_is_sent_by_any_door_gets_into_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_service(tmp_path, requests_may_fail, **UNLIMITED) as caller:
        sent = sum(_sent(caller, *request) for request in _requests(caller))
        runs = [caller.post(_document(number)) for number in range(3)]
        for answer in runs:
            _until_finished(caller, answer.headers["location"])
        logging.getLogger("asyncio").error("Task exception was never retrieved: %s", CANARY)
    written = capsys.readouterr()
    lines = [json.loads(line) for line in written.out.splitlines()]
    assert [answer.status_code for answer in runs] == [202] * len(runs)
    assert sent > 500
    assert len(lines) > 150
    assert {line["event"] for line in lines} >= {"request", "run failed", "library message"}
    assert all(set(line) <= ALLOWED for line in lines)
    assert CANARY.lower() not in (written.out + written.err).lower()


def requests_may_fail(problem: Problem, *given: Any, **more: Any) -> Any:
    """A solver that fails over every second round, and repeats a person's reference then."""
    if len(problem.mentees) % 2:
        raise ValueError(f"nobody fits {problem.mentees[0].reference}")
    return solve_at_once(problem, *given, **more)


def _document(number: int) -> dict[str, Any]:
    """A round with a canary in every place that takes a text."""
    document = a_document(mentors=1, mentees=1 + number)
    document["name"] = CANARY
    for place, person in enumerate(document["participants"]):
        person |= {
            "reference": f"{CANARY}-{place}",
            "department": CANARY,
            "profession": CANARY,
            "job_role": CANARY,
            "contact": {"name": CANARY, "email": f"{CANARY}@example.gov.uk", "address": CANARY},
        }
    return document


def _requests(caller: Caller) -> Iterator[tuple[str, str, dict[str, str], bytes]]:
    """Every route and some that are none, by every method, with canaries all over."""
    paths = list(caller.client.get("/openapi.json").json()["paths"])
    known = {"authorization": f"Bearer {caller.key}"}
    told = dict.fromkeys(("cookie", "user-agent", "referer", "idempotency-key"), CANARY)
    bodies = (b"", json.dumps(CANARY).encode(), json.dumps({CANARY: [CANARY]}).encode())
    for path, method, body in product((*paths, "/{nowhere}"), METHODS, bodies):
        filled = re.sub(r"\{[^}]+\}", CANARY, re.sub(r"\{\w+_id\}", str(UUID(int=7)), path))
        yield method, f"{filled}?{CANARY}={CANARY}&cursor={CANARY}", known | told, body
    for headers in (
        {"authorization": f"Bearer {CANARY}"},
        {"authorization": CANARY},
        known | {"host": f"{CANARY}.example"},
        known | {"content-type": f"text/{CANARY}"},
        known | {"prefer": f"wait={CANARY}"},
    ):
        yield "POST", "/v1/rounds", headers, json.dumps(_document(0)).encode()


def _sent(caller: Caller, method: str, path: str, headers: dict[str, str], body: bytes) -> int:
    given = {"content-type": "application/json"} | headers
    answer = caller.client.request(method, path, headers=given, content=body)
    assert answer.status_code != 500, (method, path)
    return 1


def _until_finished(caller: Caller, run: str) -> None:
    while caller.get(run).json()["status"] not in ("solved", "failed"):
        pass
