"""A service for tests: a database in a file of its own, a fake solver, and a client with a key."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from models.domain.api_key import KeyRole
from models.domain.certificate import Certificate
from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import (
    Assignment,
    Check,
    Contribution,
    LevelResult,
    MatchResult,
    RunReport,
    Unmatched,
)
from models.tables import Base
from service.addresses import LOOPBACK
from service.main import create_service
from service.operations import rate_limits
from service.operations.keys import KeyRequest, create_key
from service.security.audit_key import audit_key
from service.settings import Settings
from service.storage.database import Database
from service.worker.solve import Solve
from solver.interruption import Interruption
from solver.limits import Limits
from tests.service.databases import chosen

PROGRAMME = "uk-civil-service"
LONG_ENOUGH = 30
"""Seconds after which a test that waits has failed."""

LOOK_EVERY = 0.01
"""Seconds between two looks of a test that waits."""

A_SAFE_KEY = "8f14e45fceea167a5a36dedd4bea2543a1b2c3d4"
"""A key of the audit log that production takes."""


def a_document(mentors: int = 2, mentees: int = 3) -> dict[str, Any]:
    """A round as it is submitted, with contact details; mentors can take anybody."""
    people = [
        {
            "reference": f"M-{number}",
            "grade": "Grade 7",
            "remote": True,
            "mentor": {"capacity": 1},
            "contact": {"name": f"Mentor Nr {number}", "email": f"m{number}@example.gov.uk"},
        }
        for number in range(1, mentors + 1)
    ]
    people += [
        {"reference": f"E-{number}", "grade": "SEO", "remote": True, "mentee": {"wants": 1}}
        for number in range(1, mentees + 1)
    ]
    return {"name": "Spring", "participants": people}


def a_result(problem: Problem, issues: tuple[Issue, ...] = ()) -> MatchResult:
    """The people of a problem paired in order, with a reason each; the rest is left over."""
    pairs = list(zip(problem.mentors, problem.mentees, strict=False))
    contribution = Contribution(
        rule="shared_region", weight=5, value=1000, points=5000, max=5000, because="both in Wales"
    )
    return MatchResult(
        run=RunReport(
            status="solved",
            solve_status="optimal",
            tie_salt=problem.tie_salt,
            tie_rule="lottery",
            problem_digest=problem.digest,
            seconds=0.5,
        ),
        levels=(
            LevelResult(
                name="points", value=5000 * len(pairs), bound=5000 * len(pairs), proved=True
            ),
        ),
        assignments=tuple(
            Assignment(
                mentor=mentor.reference,
                mentee=mentee.reference,
                points=5000,
                contributions=(contribution,),
                checks=(Check(rule="grade_seniority", because="Grade 7 is above SEO"),),
            )
            for mentor, mentee in pairs
        ),
        unmatched=tuple(
            Unmatched(
                reference=mentee.reference, role="mentee", reason="contention", because="too few"
            )
            for mentee in problem.mentees[len(pairs) :]
        ),
        issues=issues,
        certificate=Certificate(digest="c" * 64),
    )


def solve_at_once(
    problem: Problem,
    limits: Limits,
    on_progress: Callable[[Progress], None],
    *,
    issues: tuple[Issue, ...] = (),
    **_more: object,
) -> MatchResult:
    """A solver that needs no time."""
    return a_result(problem, issues)


class HeldSolver:
    """A solver that reports once and then waits until the test lets it go."""

    def __init__(self) -> None:
        self.started = Event()
        self.released = Event()
        self.solved = 0

    def __call__(
        self,
        problem: Problem,
        limits: Limits,
        on_progress: Callable[[Progress], None],
        *,
        issues: tuple[Issue, ...],
        interruption: Interruption,
        **_more: object,
    ) -> MatchResult:
        interruption.tell(self.released.set)
        on_progress(Progress(stage="deciding", level="points", value=7, bound=9, elapsed=0.1))
        self.started.set()
        assert self.released.wait(LONG_ENOUGH)
        self.solved += 1
        return a_result(problem, issues)


class UncountedTries:
    """Failed tries to get in, in a test to which it does not matter how many there are."""

    async def seconds_to_wait(self, _address: str) -> float:
        return 0.0


def an_endless_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of a minute do not begin anew while the test runs."""
    monkeypatch.setattr(rate_limits, "WINDOW_SECONDS", 10**9)


def some_settings(folder: Path, **given: Any) -> Settings:
    """Settings with a database of the folder's own, and a worker that looks around often."""
    quick = {"progress_every": 0.01, "poll_every": 0.05, "lease": 0.5}
    hosts = {"allowed_hosts": ("testserver.local", *LOOPBACK)}
    return Settings(**{**chosen().urls(folder), **quick, **hosts} | given)


@asynccontextmanager
async def a_database(folder: Path) -> AsyncIterator[Database]:
    """A fresh database with the shipped programme in it."""
    await chosen().prepare(folder)
    settings = some_settings(folder)
    database = Database(settings.database_url, audit_key(settings))
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def the_owners_database(folder: Path) -> AsyncIterator[Database]:
    """The folder's database as the role that migrates it; it holds nothing when it is new."""
    settings = some_settings(folder)
    url = settings.database_owner_url or settings.database_url
    database = Database(url, audit_key(settings), migrating=True)
    try:
        yield database
    finally:
        await database.close()


async def all_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of the folder's database, by table, whosever it is."""
    database = Database(chosen().unrestricted_url(folder), migrating=True)
    rows = {}
    try:
        async with database.across_programmes(writing=False) as session:
            for table in Base.metadata.tables:
                found = await session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
                rows[table] = [dict(row._mapping) for row in found]
    finally:
        await database.close()
    return rows


@dataclass(frozen=True)
class Caller:
    """A client of the service that holds a key."""

    client: TestClient[Litestar]
    key: str

    def get(self, path: str) -> Any:
        """The answer to a GET with the key."""
        return self.client.get(path, headers=self.headers())

    def post(self, body: Any, **headers: str) -> Any:
        """The answer to a submission; anything but bytes is sent as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = self.headers() | {"content-type": "application/json"} | headers
        return self.client.post("/v1/rounds", content=content, headers=given)

    def do(self, path: str) -> Any:
        """The answer to a POST without a body."""
        return self.client.post(path, headers=self.headers())

    def submitted(self, document: dict[str, Any] | None = None) -> str:
        """The path of the run of a round that was submitted and is finished."""
        answer = self.post(document or a_document(), prefer="wait=20")
        assert answer.status_code == 200, answer.text
        return str(answer.headers["location"])

    def headers(self) -> dict[str, str]:
        """What says who is calling."""
        return {"authorization": f"Bearer {self.key}"}


def until(caller: Caller, path: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What the path shows as soon as something holds of it."""
    deadline = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < deadline:
        answer: dict[str, Any] = caller.get(path).json()
        if holds(answer):
            return answer
        # The processor is for those who are waited for.
        Event().wait(LOOK_EVERY)
    raise AssertionError(f"still {answer}")


@contextmanager
def a_service(
    folder: Path, solve: Solve = solve_at_once, *, role: KeyRole = "planner", **given: Any
) -> Iterator[Caller]:
    """A running service with an up-to-date database, and somebody who may call it."""
    key = asyncio.run(_prepared(folder, role))
    with TestClient(create_service(some_settings(folder, **given), solve)) as client:
        yield Caller(client, key)


async def _prepared(folder: Path, role: KeyRole) -> str:
    async with a_database(folder) as database, database.writing(PROGRAMME) as store:
        _, key = await create_key(store, KeyRequest(name="test", role=role))
    return key
