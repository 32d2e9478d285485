"""Random scenarios equal a solve from scratch in every level, and their comparisons add up."""

from __future__ import annotations

import os
from functools import cache
from random import Random
from typing import Any

import pytest

from models.domain.comparison import Comparison
from models.domain.result import MatchResult
from models.reference import civil_service
from scenarios.generate import generate_round
from scenarios.scenario import BaseRound
from scenarios.what_if import ScenarioAnswer, WhatIf
from tests.in_process import solved_or_not
from tests.scenarios.random_changes import random_changes

SCENARIOS = int(os.environ.get("PAIRWELL_SCENARIOS", "500"))
A_PART = 50
ROUNDS = 10


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SCENARIOS // A_PART))
def test_a_scenario_equals_a_solve_from_scratch_and_its_comparison_adds_up(part: int) -> None:
    answered = 0
    for seed in range(part * A_PART, (part + 1) * A_PART):
        what_if = _what_if(seed % ROUNDS)
        answer = what_if.ask(random_changes(Random(f"scenario {seed}"), _document(seed % ROUNDS)))
        if answer.result is None or answer.scenario.problem is None or answer.comparison is None:
            assert answer.scenario.issues, f"seed {seed}"
            continue
        scratch = solved_or_not(answer.scenario.problem)
        assert _stands(answer.result) == _stands(scratch), f"seed {seed}"
        _adds_up(answer, answer.comparison, seed)
        answered += bool(answer.result.levels)
    assert answered > A_PART // 2, "too few scenarios could be answered to prove anything"


def _adds_up(answer: ScenarioAnswer, comparison: Comparison, seed: int) -> None:
    """The people listed make up the differences of the levels, and the pairs are all told."""
    assert answer.result is not None
    mentees = [one for one in comparison.people if one.role == "mentee"]
    matched = sum(bool(one.after) - bool(one.before) for one in mentees)
    points = sum(one.points_after - one.points_before for one in mentees)
    points -= comparison.load_cost_after - comparison.load_cost_before
    differences = {level.name: level.difference for level in comparison.levels}
    for name, told in (("mentees_matched", matched), ("points", points)):
        if differences.get(name) is not None:
            assert differences[name] == told, f"seed {seed}, {name}"
    both = {(pair.mentor, pair.mentee) for pair in (*comparison.kept, *comparison.new)}
    assert both == {(pair.mentor, pair.mentee) for pair in answer.result.pairs}
    for by in {group.by for group in comparison.groups}:
        told = sum(g.matched_after - g.matched_before for g in comparison.groups if g.by == by)
        assert told == matched, f"seed {seed}, by {by}"


def _stands(result: MatchResult) -> tuple[str, list[tuple[str, int, int, bool]]]:
    levels = [(level.name, level.value, level.bound, level.proved) for level in result.levels]
    return result.run.solve_status, levels


@cache
def _document(number: int) -> dict[str, Any]:
    """A round of some dozen people; every third one has a limit that couples departments."""
    document = generate_round(8, 10, number, both=number % 3)
    if number % 3 == 0:
        document["policy"]["rules"] = {"share_limit": {"cross_region_percent": 60}}
    return document


@cache
def _what_if(number: int) -> WhatIf:
    base = BaseRound.read(_document(number), civil_service())
    return WhatIf(base, solved_or_not(base.problem), lambda p, s: solved_or_not(p, start=s))
