"""A round answered from one like it has the very result of a solve from scratch."""

from __future__ import annotations

import os
from functools import cache
from random import Random
from typing import Any

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.reference import civil_service
from scenarios.generate import generate_round
from scenarios.scenario import BaseRound, open_scenario
from solver.judge.verify import verify_result
from solver.levels import TIE_RULE
from solver.warm.solved_round import SolvedRound
from tests.in_process import solved_or_not
from tests.scenarios.random_changes import random_changes

SCENARIOS = int(os.environ.get("PAIRWELL_WARM_SCENARIOS", "1000"))
A_PART = 100
ROUNDS = 10


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SCENARIOS // A_PART))
def test_a_warm_answer_is_that_of_a_solve_from_scratch(part: int) -> None:
    """Byte for byte, but for what the run says of itself and for the prices, of which there are
    many that prove the same. The judge makes everything anew from the problem alone, and would
    find any pair whose points or eligibility were taken over and should not have been."""
    asked = answered = 0
    for seed in range(part * A_PART, (part + 1) * A_PART):
        problem = _changed(seed)
        if problem is None:
            continue
        asked += 1
        warm, scratch = _solved(seed % ROUNDS).answer(problem), solved_or_not(problem)
        if warm is not None:
            answered += 1
            assert _told(warm) == _told(scratch), f"seed {seed}"
            assert not verify_result(problem, warm).findings, f"seed {seed}"
    assert answered > asked // 2 > A_PART // 4, "too few could be answered to prove anything"


def _told(result: MatchResult) -> dict[str, Any]:
    told = result.model_dump(mode="json", exclude={"run": {"versions", "seconds"}})
    del told["certificate"]
    told["levels"] = [(level.name, level.value, level.proved) for level in result.levels]
    return told


def _changed(seed: int) -> Problem | None:
    number = seed % ROUNDS
    changes = random_changes(Random(f"warm {seed}"), _document(number), of_people=True)
    return open_scenario(_base(number), changes).problem


@cache
def _document(number: int) -> dict[str, Any]:
    """A round of some dozen people, every other one with loads that cost, bars and pins."""
    document = generate_round(10 + number, 16, number, both=number % 3)
    people = document["participants"]
    mentors = [person["reference"] for person in people if "mentor" in person]
    mentees = [person["reference"] for person in people if "mentee" in person]
    chance = Random(number)
    for person in people:
        if chance.random() < 0.3:
            person["line_manager"] = chance.choice(people)["reference"]
        if chance.random() < 0.3:
            person["previous_pairs"] = [chance.choice(people)["reference"]]
    if number % 2:
        document["policy"]["weights"] = {"balanced_load": 20}
        pairs = zip(mentors, mentees[3:], strict=False)
        document["bars"] = [{"mentor": m, "mentee": e} for m, e in pairs][:4]
        document["pins"] = _pins(document)
    return document


def _pins(document: dict[str, Any]) -> list[dict[str, str]]:
    """Two pairs of the round's answer."""
    base = BaseRound.read(document, civil_service())
    made = solved_or_not(base.problem).pairs
    return [{"mentor": pair.mentor, "mentee": pair.mentee} for pair in made[:2]]


@cache
def _base(number: int) -> BaseRound:
    return BaseRound.read(_document(number), civil_service())


@cache
def _solved(number: int) -> SolvedRound:
    problem = _base(number).problem
    result = solved_or_not(problem)
    assert result.levels[-1].name == TIE_RULE
    return SolvedRound(problem, result)
