"""Small rounds with one best answer each, submitted to a database that is up to date."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any
from uuid import UUID

from models.domain.problem import Problem
from models.reference import civil_service
from service.operations.audit import check_log
from service.operations.rounds import check_round, submit_round
from service.security.audit_chain import Broken
from service.security.audit_key import audit_key
from service.settings import Settings
from service.storage.database import Database
from solver.solve import solve_matching
from tests.reliability.ledger import Ledger, SeenRun
from tests.reliability.processes import LONG_ENOUGH
from tests.service.databases import chosen

LOOK_EVERY = 0.05
"""How often a test looks at the database, in seconds; the processor is for those it watches."""

EXPERTISE = ("leadership", "policy", "commercial", "digital")


def a_small_document(seed: int) -> dict[str, Any]:
    """Six mentors and eight mentees who offer and seek different things."""
    draw = random.Random(seed)
    mentors = [
        {
            "reference": f"M-{number}",
            "grade": draw.choice(("Grade 7", "Grade 6")),
            "remote": True,
            "mentor": {"capacity": 1, "offers": draw.sample(EXPERTISE, 2)},
            "contact": {"name": f"Mentor Nr {number}", "email": f"m{number}@example.gov.uk"},
        }
        for number in range(6)
    ]
    mentees = [
        {
            "reference": f"E-{number}",
            "grade": draw.choice(("SEO", "HEO")),
            "remote": True,
            "mentee": {"wants": 1, "seeks": draw.sample(EXPERTISE, 2)},
        }
        for number in range(8)
    ]
    return {"name": f"Round {seed}", "participants": mentors + mentees}


def problem_of(document: dict[str, Any]) -> Problem:
    """The problem of a document."""
    return check_round(json.dumps(document).encode(), civil_service()).problem


def pairs_without_faults(document: dict[str, Any]) -> list[str]:
    """The assignments with all their reasons, byte for byte, when nothing goes wrong."""
    return [made.model_dump_json() for made in solve_matching(problem_of(document)).assignments]


UNLIMITED = {
    "requests_per_minute": 1_000_000,
    "programme_requests_per_minute": 1_000_000,
    "unfinished_runs": 1_000_000,
}
"""Nobody is refused for calling too often: who calls a server that dies calls very often."""


def prepared(folder: Path, **given: Any) -> Settings:
    """Settings with a database of the folder's own, which is up to date."""
    asyncio.run(chosen().prepare(folder))
    return Settings(**{**UNLIMITED, **chosen().urls(folder), **given})


def submitted(settings: Settings, document: dict[str, Any]) -> UUID:
    """The run of a round that has been taken in."""
    checked = check_round(json.dumps(document).encode(), civil_service())

    async def submit() -> UUID:
        database = Database(settings.database_url, audit_key(settings))
        try:
            async with database.writing(settings.programme) as store:
                return (await submit_round(store, checked)).id
        finally:
            await database.close()

    return asyncio.run(submit())


def breaks_in_the_log(settings: Settings) -> tuple[Broken, ...]:
    """Everywhere that the audit log is not what was written."""

    async def check() -> tuple[Broken, ...]:
        database = Database(settings.database_url, audit_key(settings))
        try:
            async with database.reading(settings.programme) as store:
                return (await check_log(store))[1]
        finally:
            await database.close()

    return asyncio.run(check())


def until(holds: Callable[[], bool]) -> None:
    """Waits until something holds."""
    deadline = time.monotonic() + LONG_ENOUGH
    while not holds():
        assert time.monotonic() < deadline
        wait([], LOOK_EVERY)


def until_finished(ledger: Ledger, run: UUID) -> SeenRun:
    """The run as it is at its end."""
    until(lambda: ledger.runs()[run].finished)
    return ledger.runs()[run]
