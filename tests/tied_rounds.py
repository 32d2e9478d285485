"""Small rounds with many ties: few different points, places and wants above one, few limits."""

from __future__ import annotations

from random import Random

from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

WORDS = ("law", "data", "policy")
LEVELS = (("mentees_matched", "points"), ("mentees_matched", "mentors_used", "points"))
GROUPS = ("HMRC", "HMRC", "DfE", None)


def a_tied_round(seed: int) -> Problem:
    """The round of a seed: up to four mentors and five mentees, now and then a pin or a bar."""
    chance = Random(f"ties of {seed}")
    mentors = [
        a_mentor(
            f"M{number}",
            capacity=chance.choice((1, 1, 2, 3)),
            grade=chance.choice(("Grade 7", "Grade 6")),
            department=chance.choice(GROUPS),
            offers=tuple(sorted(chance.sample(WORDS, chance.randint(0, 2)))),
        )
        for number in range(chance.randint(2, 4))
    ]
    mentees = [
        a_mentee(
            f"E{number}",
            wants=chance.choice((1, 1, 1, 2)),
            grade=chance.choice(("SEO", "SEO", "Grade 7")),
            department=chance.choice(GROUPS),
            seeks=tuple(chance.sample(WORDS, chance.randint(0, 2))),
        )
        for number in range(chance.randint(2, 5))
    ]
    policy = a_policy(
        "grade_seniority",
        levels=chance.choice(LEVELS),
        barred_pairs={},
        expertise_overlap={"weight": 10},
        cross_department={"weight": chance.choice((0, 1, 5))},
        quality_floor={"points": chance.choice((0, 0, 1))},
        balanced_load={"weight": chance.choice((0, 0, 3))},
    )
    pairs = [(mentor.reference, mentee.reference) for mentor in mentors for mentee in mentees]
    chance.shuffle(pairs)
    bars = pairs[: chance.choice((0, 0, 1, 3))]
    unpinned = a_problem(*mentors, *mentees, policy=policy, bars=bars)
    pins = _eligible(unpinned, pairs)[: chance.choice((0, 0, 0, 1))]
    return a_problem(*mentors, *mentees, policy=policy, bars=bars, pins=pins)


def _eligible(problem: Problem, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    eligible = {
        (mentor.reference, mentee.reference)
        for mentor, mentee, _ in candidate_pairs(problem, choose_rules(problem.policy))
    }
    return [pair for pair in pairs if pair in eligible]
