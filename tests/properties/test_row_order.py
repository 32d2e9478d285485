"""The same round in any order of rows gives the same result, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models.domain.problem import Problem
from models.reference import civil_service
from scenarios.generate import generate_round
from solver.intake import read_round
from tests.in_process import solve_here

ROOT = Path(__file__).parents[2]
ORDERS = 5

Document = dict[str, Any]

MEANS_NOTHING = ("regions", "offers", "avoids", "characteristics", "previous_pairs", "pins", "bars")
"""Lists whose order says nothing; that of `seeks` and `prefers` does."""


def rounds() -> dict[str, Document]:
    """Rounds of made-up people: a network, one where more is asked for and given, and one in
    which people of one grade may mentor each other."""
    mutual: Document = {"rules": {"grade_seniority": {"min_gap": 0}}}
    documents = {
        "network": generate_round(25, 35, seed=1),
        "staff network": generate_round(20, 25, seed=2, profile="staff-network"),
        "mutual": generate_round(30, 30, seed=3, both=25) | {"policy": mutual},
    }
    for document in documents.values():
        document["bars"] = _any_pairs(document, first=3)
    documents["network"]["pins"] = [_eligible_pair(documents["network"])]
    return documents


@pytest.mark.parametrize("name", ["network", "staff network", "mutual"])
def test_no_order_of_rows_changes_a_result(name: str) -> None:
    document = rounds()[name]
    problem = problem_of(document)
    result = solve_here(problem).model_dump_json()
    assert '"proved":true' in result
    for seed in range(ORDERS):
        shuffled = in_another_order(document, Random(seed))
        assert shuffled != document
        assert problem_of(shuffled) == problem
        assert problem_of(shuffled).digest == problem.digest
        assert solve_here(problem_of(shuffled)).model_dump_json() == result


@pytest.mark.slow
def test_no_seed_of_hashing_changes_a_result() -> None:
    """Python hashes texts anew in every process, and each solve is in a process of its own."""
    document = rounds()["mutual"]
    results = [
        solved_elsewhere(in_another_order(document, Random(seed)), str(seed)) for seed in (1, 2)
    ]
    assert results[0] == results[1]
    assert results[0]["run"]["solve_status"] == "optimal"


def in_another_order(document: Any, chance: Random) -> Any:
    """The same document with its rows, its fields and its lists without order shuffled."""
    match document:
        case dict():
            fields = list(document.items())
            chance.shuffle(fields)
            changed = {name: in_another_order(value, chance) for name, value in fields}
            for name in ("participants", *MEANS_NOTHING):
                if name in changed:
                    chance.shuffle(changed[name])
            return changed
        case list():
            return [in_another_order(value, chance) for value in document]
        case _:
            return document


def problem_of(document: Document) -> Problem:
    intake = read_round(document, civil_service())
    assert intake.problem is not None, intake.issues
    return intake.problem


SOLVE = """
import json, sys
from models.reference import civil_service
from solver.intake import read_round
from solver.solve import solve_matching
problem = read_round(json.load(sys.stdin), civil_service()).problem
print(solve_matching(problem).model_dump_json())
"""


def solved_elsewhere(document: Document, hash_seed: str, cores: set[int] | None = None) -> Document:
    """The result but for its seconds, by a process of its own that has these cores alone."""
    confined = f"import os\nos.sched_setaffinity(0, {cores})\n" if cores else ""
    told = subprocess.run(
        [sys.executable, "-c", confined + SOLVE],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        input=json.dumps(document),
        capture_output=True,
        text=True,
        check=True,
    )
    result: Document = json.loads(told.stdout)
    assert result["run"].pop("seconds") > 0
    return result


def _any_pairs(document: Document, first: int) -> list[dict[str, str]]:
    people = document["participants"]
    mentors = [person["reference"] for person in people if "mentor" in person]
    mentees = [person["reference"] for person in people if "mentor" not in person]
    return [
        {"mentor": mentor, "mentee": mentee}
        for mentor, mentee in zip(mentors[:first], mentees[:first], strict=True)
    ]


def _eligible_pair(document: Document) -> dict[str, str]:
    made = solve_here(problem_of(document)).assignments[0]
    return {"mentor": made.mentor, "mentee": made.mentee}
