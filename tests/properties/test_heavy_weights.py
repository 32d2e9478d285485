"""Rounds whose prices grow large: many levels, heavy weights, and a limit that binds."""

from __future__ import annotations

from random import Random

import pytest

from models.domain.problem import Problem
from tests.builders import LADDER, a_person, a_policy, a_problem
from tests.in_process import solve_here

EXPERTISE = ("leadership", "commercial", "policy", "drafting", "law", "data", "finance", "people")
TIERS = ("mentees_matched_1", "mentees_matched_2", "mentees_matched_3", "points")
HEAVY = (100, 99, 97, 83)


@pytest.mark.parametrize("seed", [*range(10), 95, 140, 335])
def test_a_round_is_proved_by_prices_that_the_judge_takes(seed: int) -> None:
    """On the last seeds prices fitted the search's guard but not the judge's 64 bits."""
    result = solve_here(_a_heavy_round(seed), over_arrays=True)
    assert all(level.proved for level in result.levels)


def _a_heavy_round(seed: int, people: int = 20) -> Problem:
    chance = Random(seed)
    references = [f"R{number:04}" for number in range(people)]
    everybody = [
        a_person(
            reference,
            grade=chance.choice(LADDER[3:6]),
            profession=chance.choice(("P", "L", None)),
            department=chance.choice(("A", "B", None)),
            home_region=chance.choice(("W", "L", None)),
            mentor={
                "capacity": chance.choice((1, 1, 2, 3)),
                "offers": tuple(sorted(chance.sample(EXPERTISE, chance.randint(0, 4)))),
                "prefers": tuple(chance.sample(references, 3)),
                "experience": chance.choice(("none", "some", "experienced")),
            },
            mentee={
                "wants": chance.choice((1, 1, 2, 3)),
                "seeks": tuple(chance.sample(EXPERTISE, chance.randint(1, 4))),
                "prefers": tuple(chance.sample(references, 3)),
                "tier": chance.choice((1, 2, 3)),
                "experience": chance.choice(("none", "some", "experienced")),
            },
        )
        for reference in references
    ]
    weighted = (
        *("stated_preferences", "expertise_overlap", "profession_match", "preferred_grade_gap"),
        *("cross_department", "shared_region", "experience_balance"),
    )
    weights = {name: {"weight": chance.choice(HEAVY)} for name in weighted}
    policy = a_policy(
        "one_direction",
        levels=TIERS,
        grade_seniority={"min_gap": -1, "max_gap": 2},
        balanced_load={"weight": chance.choice((0, 100, 13))},
        **weights,
    )
    return a_problem(*everybody, policy=policy)
