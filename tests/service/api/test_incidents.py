"""S16: a fault at any point of the code is told by an opaque id, is logged once, and leaves
nothing half done.

Faults are thrown by the interpreter's own trace, at lines of the service drawn at random among
those that requests run through. `FAULTS=10000` is the long form; `SEED` repeats a run.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import service
from service.storage import pulse
from tests.conftest import FIGURE
from tests.service.asgi import Answer
from tests.service.programmes import TwoProgrammes, two_programmes
from tests.service.services import LONG_ENOUGH, PROGRAMME, a_document

pytestmark = pytest.mark.slow

FAULTS = int(os.environ.get("FAULTS", "1000"))
SEED = int(os.environ.get("SEED", str(time.time_ns() % 1_000_000)))
SOURCE = str(Path(service.__file__).parent)
NOT_THERE = (
    "api/problems.py",
    "api/framework_issues.py",
    "api/request_log.py",
    "service/logs.py",
    "api/broken_answers.py",
    "storage/pulse.py",
)
"""Where faults themselves are answered and logged: nobody is left to tell of one there. And what
watches over a transaction beside it: the request that it belongs to goes on without."""

SECRET = "Zoe Quill <zoe@example.gov.uk> /srv/data SELECT secret_digest FROM api_keys"  # noqa: S105
SHOWN = ("Zoe", "zoe@", "/srv", "SELECT", "Traceback", "service/", ".py", "Forced")

TOO_LATE = "answer broken off"

Point = tuple[str, int]
Ask = Callable[[TwoProgrammes], Answer]


class Forced(Exception):  # noqa: N818 - a fault on purpose
    """A fault whose text holds everything that must not come out."""


def test_a_fault_anywhere_is_told_by_an_id_logged_once_and_nothing_else(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
    monkeypatch: pytest.MonkeyPatch,
    database_kind: str,
) -> None:
    # A machine so busy that the server is asked whether it is there would draw faults to that.
    monkeypatch.setattr(pulse, "WATCH_AFTER", LONG_ENOUGH)
    draw = random.Random(SEED)
    forced, wrong = 0, []
    with two_programmes(tmp_path) as both:
        requests, before = _requests(both), both.rows_of(PROGRAMME)
        points = [_lines_of(both, ask) for ask in requests]
        while forced < FAULTS:
            number = draw.randrange(len(requests))
            point = draw.choice(points[number])
            capfd.readouterr()
            with _fault_at(both, point) as fired:
                answer = requests[number](both)
            written = capfd.readouterr()
            forced += len(fired)
            faults = list(_faults_of(answer, written.out + written.err)) if fired else []
            if faults:
                wrong.append((point, answer.status, faults))
        after = both.rows_of(PROGRAMME)
    record_property(
        FIGURE,
        f"S16 {database_kind}, seed {SEED}: {forced} faults at {len(set().union(*points))} lines "
        f"of {len(requests)} requests, {len(wrong)} told or logged wrongly",
    )
    assert not wrong, "\n".join(map(str, wrong))
    new = {table: rows[len(before[table]) :] for table, rows in after.items()}
    acts = [row["action"] for row in new["audit_log"]]
    assert len(new["rounds"]) == len(new["runs"]) == acts.count("round queued")
    assert len(new["api_keys"]) == acts.count("key made")


def _requests(both: TwoProgrammes) -> list[Ask]:
    """Something of everything: submit, read, make keys, be refused."""
    planner, admin = both.keys[PROGRAMME, "planner"], both.keys[PROGRAMME, "admin"]
    body = json.dumps(a_document()).encode()
    (run, *_) = both.rows_of(PROGRAMME)["results"]
    address = f"/v1/runs/{run['run_id']}"
    asked = [
        (planner, "POST", "/v1/rounds", body),
        (planner, "POST", "/v1/rounds", b"{"),
        (planner, "GET", "/v1/rules", b""),
        (planner, "GET", address, b""),
        (planner, "GET", f"{address}/assignments?limit=1", b""),
        (planner, "POST", f"{address}/cancel", b""),
        (admin, "POST", "/v1/keys", b'{"name": "hr-system"}'),
        (admin, "GET", "/v1/keys", b""),
        (None, "GET", "/v1/keys", b""),
    ]

    def asking(given: tuple[str | None, str, str, bytes]) -> Ask:
        return lambda both: both.ask(*given)

    return [asking(given) for given in asked]


def _faults_of(answer: Answer, written: str) -> Iterator[str]:
    """Everything that is wrong with how a fault was told, and written down."""
    shown = answer.body.decode() + json.dumps(answer.headers)
    logged = [line for line in map(_event, written.splitlines()) if "incident" in line]
    if len(logged) != 1:
        yield f"logged {len(logged)} times"
    yield from (f"shows {text}" for text in SHOWN if text in shown)
    yield from (f"logs {text}" for text in SHOWN[:4] if text in written)
    if answer.status and (not answer.whole or (logged and logged[0]["event"] == TOO_LATE)):
        return  # it had begun, or was sent: nothing more can be told
    if answer.status not in (500, 503):
        yield "no error"
    if answer.headers.get("content-type") != "application/problem+json":
        yield "no problem"
    instance = re.search(r"urn:uuid:([0-9a-f-]{36})", shown)
    if answer.status == 500 and (instance is None or instance[1] != logged[0]["incident"]):
        yield "no id"


def _event(line: str) -> dict[str, Any]:
    found = json.loads(line) if line.startswith("{") else {}
    return found if isinstance(found, dict) else {}


def _lines_of(both: TwoProgrammes, ask: Ask) -> list[Point]:
    """Every line of the service that a request runs through, in the thread that serves it."""
    seen = dict[Point, None]()

    def look(point: Point) -> None:
        seen[point] = None

    with _traced(both, look):
        ask(both)
    assert len(seen) > 30
    return list(seen)


@contextmanager
def _fault_at(both: TwoProgrammes, point: Point) -> Iterator[list[Point]]:
    """Throws once, at a line; gives where it was thrown."""
    fired = list[Point]()

    def throw(here: Point) -> None:
        if here == point and not fired:
            fired.append(here)
            raise Forced(SECRET)

    with _traced(both, throw):
        yield fired


@contextmanager
def _traced(both: TwoProgrammes, at_line: Callable[[Point], None]) -> Iterator[None]:
    """Calls a function at each line of the service that the loop's thread comes to."""

    def trace(frame: FrameType, event: str, _given: Any) -> Any:
        path = frame.f_code.co_filename
        if not path.startswith(SOURCE) or path.endswith(NOT_THERE):
            return None
        if event == "line":
            at_line((path, frame.f_lineno))
        return trace

    call = both.caller.client.blocking_portal.call
    call(sys.settrace, trace)
    try:
        yield
    finally:
        call(sys.settrace, None)
