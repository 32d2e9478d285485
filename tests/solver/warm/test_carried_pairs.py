"""Points and eligibility that are taken over are those that scoring everybody anew would give."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from models.reference import civil_service
from scenarios.generate import generate_round
from scenarios.scenario import BaseRound, open_scenario
from solver.rule import EligibilityRule, SoftObjective
from solver.rulebook import all_rules, choose_rules
from solver.scoring.every_pair import EveryPair
from solver.warm.carried_pairs import carried_pairs
from solver.warm.likeness import Mentions
from tests.scenarios.random_changes import random_changes

TIMES = 300


@pytest.mark.slow
def test_pairs_of_the_same_people_are_judged_the_same_by_every_rule() -> None:
    """All rules at once that say that they look no further than the people in question."""
    compared = 0
    for seed in range(TIMES):
        chance = Random(f"carried {seed}")
        base = BaseRound.read(_document(chance, seed), civil_service())
        changes = random_changes(chance, base.document, of_people=True)
        problem = open_scenario(base, changes).problem
        like = Mentions(base.problem).likeness(problem) if problem else None
        if problem is None or like is None:
            continue
        rules = choose_rules(base.problem.policy)
        carried = carried_pairs(EveryPair.of(base.problem, rules), problem, rules, like).pairs
        anew = EveryPair.of(problem, rules).pairs
        for column in ("mentors", "mentees", "points"):
            assert np.array_equal(getattr(carried, column), getattr(anew, column)), f"seed {seed}"
        compared += like.same > 0
    assert compared > TIMES // 3


def _document(chance: Random, seed: int) -> dict[str, Any]:
    """A round in which people name each other in every way, under all such rules."""
    document = generate_round(5, 7, seed, both=2)
    people = document["participants"]
    names = [person["reference"] for person in people]
    for person in people:
        if chance.random() < 0.4:
            person["line_manager"] = chance.choice(names)
        if chance.random() < 0.3:
            person["previous_pairs"] = chance.sample(names, 2)
        for role in ("mentor", "mentee"):
            if role in person and chance.random() < 0.4:
                person[role]["prefers"] = chance.sample(names, 2)
                person[role]["avoids"] = chance.sample(names, 1)
    document["policy"]["special_category"] = {"basis": "explicit consent"}
    document["policy"]["rules"] = {
        name: {"min_gap": -1} if name == "grade_seniority" else {}
        for name, rule in all_rules().items()
        if issubclass(rule, EligibilityRule) and rule.can_be_switched_off and rule.looks_no_further
    }
    document["policy"]["weights"] = {
        name: 10
        for name, rule in all_rules().items()
        if issubclass(rule, SoftObjective) and rule.looks_no_further
    }
    document["earlier"] = {"pairs": [{"mentor": names[0], "mentee": names[-1], "state": "active"}]}
    return document
