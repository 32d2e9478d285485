"""Small random rounds in which everything that a round may hold is mixed together."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from models.domain.participant import Pair, Participant
from models.domain.policy import Policy
from models.domain.problem import Problem
from solver.encoding import KEPT
from solver.rulebook import Rules, choose_rules
from tests.builders import LADDER, a_mentee, a_mentor, a_person, a_policy, a_problem

REGIONS = ("Wales", "London", "Scotland")
DEPARTMENTS = ("HMRC", "DfE", None)
PROFESSIONS = ("Policy", "Legal", None)
TEAMS = ("T1", "T2", None)
EXPERTISE = ("leadership", "commercial", "policy", "drafting")
CHARACTERISTICS = ("carer", "veteran")
NOT_IN_THE_ROUND = "X9"
LEVELS = (
    ("mentees_matched", "points"),
    ("mentees_matched", "mentors_used", "points"),
    ("mentees_matched_1", "mentees_matched_2", "mentees_matched_3", "points"),
    ("points",),
)
OBJECTIVES = (
    "balanced_load",
    "cross_department",
    "experience_balance",
    "expertise_overlap",
    "keep_pairs",
    "preferred_grade_gap",
    "profession_match",
    "shared_characteristic",
    "shared_region",
    "stated_preferences",
)


def small_rounds() -> st.SearchStrategy[Problem]:
    """Rounds small enough to be searched exhaustively; they shrink towards low seeds."""
    return st.integers(min_value=0, max_value=1_000_000).map(a_small_round)


def a_small_round(seed: int) -> Problem:
    """The round of a seed: two to six people, a policy, bars, earlier pairs and pins.

    Every pin is eligible and all pins together keep every hard constraint. With a gap of 0
    or less, two people may be able to mentor each other, so that `one_direction` binds.
    """
    chance = Random(seed)
    people = _in_teams(Random(f"the teams of {seed}"), _people(chance))
    references = [p.reference for p in people]
    policy = _keeping_some(Random(f"what is kept of {seed}"), _policy(chance))
    bars = {_two(chance, references) for _ in range(chance.choice((0, 0, 1, 3)))}
    earlier = {
        (*_two(chance, [*references, NOT_IN_THE_ROUND]), chance.choice(("active", "proposed")))
        for _ in range(chance.choice((0, 1, 3)))
    }
    unpinned = a_problem(*people, policy=policy, bars=bars, earlier=earlier)
    pins = _pins(chance, unpinned, most=chance.choice((0, 0, 1, 2)))
    return a_problem(*people, policy=policy, bars=bars, earlier=earlier, pins=pins)


def _keeping_some(chance: Random, policy: Policy) -> Policy:
    """Some rounds count the earlier pairs kept, before points or before all else."""
    if chance.random() < 0.8:
        return policy
    place = chance.choice((0, policy.levels.index("points")))
    levels = (*policy.levels[:place], KEPT, *policy.levels[place:])
    return policy.model_copy(update={"levels": levels})


def _people(chance: Random) -> list[Participant]:
    humans = max(chance.randint(2, 6), chance.randint(2, 6))
    references = [f"R{number}" for number in range(1, 2 * humans + 1)]
    chance.shuffle(references)
    low = chance.randint(0, len(LADDER) - 4)
    grades = LADDER[low : low + chance.choice((1, 2, 2, 3, 4))]
    with_tiers = chance.random() < 0.5
    people: list[Participant] = []
    for human in range(humans):
        mentor = _mentor_fields(chance, references)
        mentee = _mentee_fields(chance, references)
        mentee["tier"] = chance.choice((1, 2, 3)) if with_tiers else 3
        first, second = references[2 * human : 2 * human + 2]
        row, other_row = _row(chance, references, grades), _row(chance, references, grades)
        match chance.choice(("mentor", "mentee", "both", "two references")):
            case "mentor":
                people.append(a_mentor(first, **mentor, **row))
            case "mentee":
                people.append(a_mentee(first, **mentee, **row))
            case "both":
                people.append(a_person(first, mentor=mentor, mentee=mentee, **row))
            case _:
                one_human = f"P{human}"
                people.append(a_mentor(first, person=one_human, **mentor, **row))
                people.append(a_mentee(second, person=one_human, **mentee, **other_row))
    return people


def _in_teams(chance: Random, people: list[Participant]) -> list[Participant]:
    return [p.model_copy(update={"team": chance.choice(TEAMS)}) for p in people]


def _row(chance: Random, references: list[str], grades: tuple[str, ...]) -> dict[str, Any]:
    return {
        "grade": chance.choice(grades),
        "department": chance.choice(DEPARTMENTS),
        "profession": chance.choice(PROFESSIONS),
        "regions": tuple(sorted(chance.sample(REGIONS, chance.randint(0, 3)))),
        "home_region": chance.choice((*REGIONS, None)),
        "remote": chance.random() < 0.4,
        "line_manager": chance.choice((None, None, None, "X8", *references[:4])),
        "previous_pairs": _names(chance, references, most=1),
        "characteristics": tuple(sorted(chance.sample(CHARACTERISTICS, chance.randint(0, 2)))),
    }


def _mentor_fields(chance: Random, references: list[str]) -> dict[str, Any]:
    return {
        "capacity": chance.choice((0, 1, 1, 1, 2, 2, 3)),
        "offers": tuple(sorted(chance.sample(EXPERTISE, chance.randint(0, 3)))),
        "experience": chance.choice(("none", "some", "experienced")),
        "prefers": _names(chance, references, most=3),
        "avoids": _names(chance, references, most=1),
    }


def _mentee_fields(chance: Random, references: list[str]) -> dict[str, Any]:
    return {
        "wants": chance.choice((0, 1, 1, 1, 2, 2, 3)),
        "seeks": tuple(chance.sample(EXPERTISE, chance.randint(0, 4))),
        "experience": chance.choice(("none", "some", "experienced")),
        "prefers": _names(chance, references, most=3),
        "avoids": _names(chance, references, most=1),
        "seeks_characteristic": chance.choice((None, *CHARACTERISTICS)),
    }


def _names(chance: Random, references: list[str], most: int) -> tuple[str, ...]:
    """Some references; half of these are of nobody in the round."""
    return tuple(chance.sample([*references, NOT_IN_THE_ROUND], chance.randint(0, most)))


def _two(chance: Random, references: list[str]) -> tuple[str, str]:
    one, other = chance.sample(references, 2)
    return one, other


def _policy(chance: Random) -> Policy:
    settings: dict[str, Any] = {
        name: {}
        for name in ("different_department", "line_management", "previous_pairs", "barred_pairs")
        if chance.random() < 0.3
    }
    if chance.random() < 0.7:
        min_gap = chance.choice((-2, -1, 0, 0, 0, 1))
        max_gap = chance.choice((None, None, min_gap + chance.randint(0, 3)))
        settings["grade_seniority"] = {"min_gap": min_gap, "max_gap": max_gap}
    if chance.random() < 0.3:
        settings["travel_region"] = {"allow_remote": chance.random() < 0.7}
    if chance.random() < 0.7:
        settings["one_direction"] = {}
    if chance.random() < 0.25:
        settings["quality_floor"] = {"points": chance.choice((1, 1_000, 20_000))}
    # Few different weights make many ties; many make few.
    weights = chance.choice(((1,), (5, 10), tuple(range(101))))
    for name in OBJECTIVES:
        if chance.random() < 0.5:
            settings[name] = {"weight": chance.choice(weights)}
    if "expertise_overlap" in settings:
        settings["expertise_overlap"]["ranked"] = chance.random() < 0.5
    if "preferred_grade_gap" in settings and chance.random() < 0.5:
        gaps = chance.sample(range(-3, 4), 3)
        settings["preferred_grade_gap"]["values"] = {gap: chance.randint(0, 1000) for gap in gaps}
    return a_policy(levels=chance.choice(LEVELS), **settings)


def _pins(chance: Random, problem: Problem, most: int) -> list[tuple[str, str]]:
    rules = choose_rules(problem.policy)
    pins: list[Pair] = []
    for mentor, mentee in _shuffled_pairs(chance, problem):
        pin = Pair(mentor=mentor.reference, mentee=mentee.reference)
        stands = pin not in problem.bars and _is_eligible(rules, problem, mentor, mentee)
        if stands and not any(rule.breaches(problem, [*pins, pin]) for rule in rules.constraints):
            pins.append(pin)
    return [(pin.mentor, pin.mentee) for pin in pins[:most]]


def _shuffled_pairs(chance: Random, problem: Problem) -> list[tuple[Participant, Participant]]:
    pairs = [(mentor, mentee) for mentor in problem.mentors for mentee in problem.mentees]
    chance.shuffle(pairs)
    return pairs


def _is_eligible(rules: Rules, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
    points = sum(rule.weight * rule.value(problem, mentor, mentee) for rule in rules.objectives)
    permitted = all(rule.permits(problem, mentor, mentee) for rule in rules.eligibility)
    return permitted and all(rule.permits(points) for rule in rules.floors)
