"""Small random rounds under every hard constraint, in which limits bind and collide."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from hypothesis import strategies as st

from models.domain.participant import Participant
from models.domain.policy import Policy
from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem

DEPARTMENTS = ("HMRC", "HMRC", "DfE", None)
PROFESSIONS = ("Policy", "Legal", None)
REGIONS = ("Wales", "London", None)
TEAMS = ("T1", "T2", None)
GRADES = ("SEO", "Grade 7", "Grade 6")
EXPERTISE = ("leadership", "commercial", "policy")
LEVELS = (
    ("mentees_matched", "points"),
    ("mentees_matched", "points"),
    ("mentees_matched", "mentors_used", "points"),
    ("mentees_matched_1", "mentees_matched_2", "mentees_matched_3", "points"),
    ("points",),
)


def limited_rounds(most_people: int = 4) -> st.SearchStrategy[Problem]:
    """Rounds under further limits; they shrink towards low seeds."""
    return st.integers(min_value=0, max_value=1_000_000).map(
        lambda seed: a_limited_round(seed, most_people)
    )


def a_limited_round(seed: int, most_people: int = 7) -> Problem:
    """The round of a seed: up to so many mentors and mentees, with one to four further limits.

    Most can be solved; some cannot. Every pin is eligible, and all pins together stay under
    every upper limit that other pairs cannot make up for.
    """
    chance = Random(seed)
    people = _people(chance, most_people)
    mentors = [p.reference for p in people if p.mentor]
    mentees = [p.reference for p in people if p.mentee]
    pairs = [(m, e) for m in mentors for e in mentees if m != e]
    earlier = chance.sample(pairs, min(len(pairs), chance.choice((0, 3, 5))))
    policy = _policy(chance)
    unpinned = a_problem(*people, policy=policy, earlier=earlier)
    pins = pins_within_limits(chance, unpinned, most=chance.choice((0, 0, 0, 1, 2)))
    return a_problem(*people, policy=policy, earlier=earlier, pins=pins)


def free_pins(problem: Problem) -> list[tuple[str, str]]:
    """The candidate pairs that are not pinned, of people whose places are not pinned away."""
    mentors = Counter(pin.mentor for pin in problem.pins)
    mentees = Counter(pin.mentee for pin in problem.pins)
    return [
        (mentor.reference, mentee.reference)
        for mentor, mentee, _ in candidate_pairs(problem, choose_rules(problem.policy))
        if (mentor.reference, mentee.reference) not in problem.pinned
        and mentors[mentor.reference] < mentor.mentoring.capacity
        and mentees[mentee.reference] < mentee.learning.wants
    ]


def pins_within_limits(chance: Random, problem: Problem, most: int) -> list[tuple[str, str]]:
    """Candidate pairs that together stay under every upper limit."""
    rules = choose_rules(problem.policy)
    candidates = [(mentor, mentee) for mentor, mentee, _ in candidate_pairs(problem, rules)]
    chance.shuffle(candidates)
    sums: Counter[tuple[str, str]] = Counter()
    pins: list[tuple[str, str]] = []
    growing = {rule.name: rule for rule in rules.constraints if rule.sums_grow}
    for mentor, mentee in candidates[: 2 * most]:
        more = sums.copy()
        for rule in growing.values():
            for label, size in rule.shares(problem, mentor, mentee):
                more[rule.name, label] += size
        within = all(
            count <= growing[name].group_bounds(problem, label)[1]
            for (name, label), count in more.items()
        )
        if within and len(pins) < most:
            pins.append((mentor.reference, mentee.reference))
            sums = more
    return pins


def _people(chance: Random, most: int) -> list[Participant]:
    mentors, mentees = (chance.randint(1, most) for _ in range(2))
    in_both_roles = chance.choice((0, 0, 1, 2))
    people: list[Participant] = []
    for number in range(max(mentors, mentees)):
        row = {
            "grade": chance.choice(GRADES),
            "department": chance.choice(DEPARTMENTS),
            "profession": chance.choice(PROFESSIONS),
            "home_region": chance.choice(REGIONS),
            "team": chance.choice(TEAMS),
        }
        offers = tuple(sorted(chance.sample(EXPERTISE, chance.randint(0, 3))))
        giving = {"capacity": chance.choice((1, 1, 2, 2, 3)), "offers": offers}
        taking = {
            "wants": chance.choice((1, 1, 1, 2)),
            "seeks": tuple(chance.sample(EXPERTISE, chance.randint(1, 3))),
            "tier": chance.choice((1, 2, 3)),
        }
        if number < min(mentors, mentees, in_both_roles):
            people.append(a_person(f"P{number}", mentor=giving, mentee=taking, **row))
            continue
        if number < mentors:
            people.append(a_mentor(f"M{number}", **giving, **row))
        if number < mentees:
            facts = row | {"grade": chance.choice(GRADES), "team": chance.choice(TEAMS)}
            people.append(a_mentee(f"E{number}", **taking, **facts))
    return people


def _policy(chance: Random) -> Policy:
    settings: dict[str, Any] = {
        "expertise_overlap": {"weight": chance.choice((1, 40))},
        "profession_match": {"weight": chance.choice((1, 15))},
    }
    if chance.random() < 0.5:
        settings["different_person"] = {}
    if chance.random() < 0.6:
        settings["one_direction"] = {}
    if chance.random() < 0.5:
        settings["grade_seniority"] = {"min_gap": chance.choice((-1, 0, 0))}
    if chance.random() < 0.2:
        settings["balanced_load"] = {"weight": 3}
    limits = _limits(chance)
    chosen = chance.sample(sorted(limits), chance.choice((1, 2, 2, 3, 4)))
    return a_policy(levels=chance.choice(LEVELS), **settings | {n: limits[n] for n in chosen})


def _limits(chance: Random) -> dict[str, dict[str, Any]]:
    """Settings for every further limit, near the edge of what a small round can keep."""
    gap = {"gap": chance.choice((0, 1)), "gap_percent": chance.choice((0, 25, 50))}
    share = {"cross_region_percent": chance.choice((0, 20, 34, 50))}
    return {
        "total_commitments": {"most": chance.choice((1, 1, 2))},
        "department_quota": {side: _quotas(chance) for side in ("mentors", "mentees")},
        "same_team_apart": {},
        "share_limit": chance.choice((gap, share, gap | share)),
        "coverage_floor": {
            "by": chance.choice(("department", "profession", "grade", "home_region")),
            "percent": chance.choice((20, 20, 34, 50, 75)),
        },
        "group_minimum": {"minimum": 2, "from_capacity": chance.choice((1, 2, 2))},
        "change_budget": {"most": chance.choice((0, 0, 1, 2))},
    }


def _quotas(chance: Random) -> dict[str, dict[str, int]]:
    found = {}
    for department in ("HMRC", "DfE"):
        if chance.random() < 0.6:
            least = chance.choice((0, 0, 0, 1, 2))
            found[department] = {"least": least, "most": least + chance.choice((0, 1, 2))}
    return found
