"""Rounds in which many people could mentor each other, so that `one_direction` binds."""

from __future__ import annotations

from random import Random

from models.domain.problem import Problem
from tests.builders import LADDER, a_mentee, a_person, a_policy, a_problem

EXPERTISE = ("leadership", "commercial", "policy", "drafting", "law", "data", "finance", "people")
LEVELS = (
    ("mentees_matched", "points"),
    ("mentees_matched", "mentors_used", "points"),
    ("points",),
)
EQUALS = LADDER[4:5]
NEIGHBOURS = LADDER[3:6]


def a_fractional_round() -> Problem:
    """A round whose linear programme has no whole optimum, so that CP-SAT has to decide."""
    return a_mutual_round(41, people=12)


def a_mutual_round(seed: int, people: int) -> Problem:
    """So many people in both roles, of equal or neighbouring grades, and some mentees."""
    chance = Random(seed)
    references = [f"R{number:03}" for number in range(people)]
    grades = chance.choice((EQUALS, NEIGHBOURS))
    both = [
        a_person(
            reference,
            grade=chance.choice(grades),
            profession=chance.choice(("Policy", "Legal", None)),
            mentor={
                "capacity": chance.choice((1, 1, 2)),
                "offers": tuple(sorted(chance.sample(EXPERTISE, chance.randint(0, 4)))),
                "prefers": tuple(chance.sample(references, 3)),
            },
            mentee={
                "wants": chance.choice((1, 1, 2)),
                "seeks": tuple(chance.sample(EXPERTISE, chance.randint(1, 4))),
                "prefers": tuple(chance.sample(references, 3)),
            },
        )
        for reference in references
    ]
    others = [
        a_mentee(f"E{number}", prefers=tuple(chance.sample(references, 3)))
        for number in range(people // 4)
    ]
    policy = a_policy(
        "one_direction",
        levels=chance.choice(LEVELS),
        grade_seniority={"min_gap": -1, "max_gap": 2},
        stated_preferences={"weight": chance.choice((1, 7, 50))},
        expertise_overlap={"weight": chance.choice((0, 40))},
        profession_match={"weight": chance.choice((0, 15))},
        balanced_load={"weight": chance.choice((0, 3))},
    )
    return a_problem(*both, *others, policy=policy)
