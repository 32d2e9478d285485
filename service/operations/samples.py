"""Sample rounds: documents of made-up people that can be submitted as they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

from models.domain.problem import Problem
from models.reference import civil_service, sample_files
from scenarios.generate import generate_round
from service.spreadsheets.round_document import read_spreadsheets
from service.spreadsheets.sheet import SheetFile
from solver.intake import read_round

SampleSize = Literal["small", "large"]
SampleProfile = Literal["staff-network", "civil-service"]

SEED = 1
PEOPLE: dict[SampleSize, int] = {"small": 50, "large": 500}


@cache
def sample_round(size: SampleSize, profile: SampleProfile) -> dict[str, Any]:
    """A round document of 50 (`small`) or 500 (`large`) mentors and as many mentees.

    For `staff-network` it is the shipped sample of the volunteer-run scheme; for
    `civil-service` it is generated from a fixed seed, with regions, teams and expertise.
    """
    if profile == "civil-service":
        return generate_round(PEOPLE[size], PEOPLE[size], SEED, profile)
    mentors, mentees = (_sheet(path) for path in sample_files(size))
    read = read_spreadsheets(mentors, mentees, {"profile": profile})
    return {"name": f"The {size} sample of a staff network", **read.document}


def sample_problem(size: SampleSize, profile: SampleProfile) -> Problem:
    """The sample round as a problem that can be solved."""
    problem = read_round(sample_round(size, profile), civil_service()).problem
    if problem is None:
        raise ValueError(f"the {size} sample of {profile} is no round")
    return problem


def _sheet(path: Path) -> SheetFile:
    return SheetFile(name=path.name, content=path.read_bytes())
