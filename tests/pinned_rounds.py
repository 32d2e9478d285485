"""Small random rounds whose pins collide, may be dropped, or fail rules that are waived."""

from __future__ import annotations

from random import Random

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.levels import PINS_KEPT
from solver.rulebook import all_rules, choose_rules
from tests.limited_rounds import a_limited_round, pins_within_limits
from tests.strategies import a_small_round

MOST_PINS = 5


def an_overpinned_round(seed: int, most_people: int = 4) -> Problem:
    """A round under further limits with up to five eligible pins, whatever the limits say."""
    problem = a_limited_round(seed, most_people)
    return problem.changed(pins=_any_pins(problem, seed))


def a_droppable_round(seed: int, most_people: int = 4) -> Problem:
    """The same with pins that stand as far as they can."""
    return _with_droppable_pins(a_limited_round(seed, most_people), seed)


def a_droppable_network(seed: int) -> Problem:
    """A round of everything, with pins that stand as far as they can."""
    return _with_droppable_pins(a_small_round(seed), seed)


def a_waiving_round(seed: int) -> Problem:
    """A round of everything, with up to three pins that may fail any rule that can be waived.

    All pins together keep every hard constraint.
    """
    problem = a_small_round(seed)
    never = {name for name, rule in all_rules().items() if not rule.can_be_switched_off}
    waivable = {r.name for r in problem.policy.rules if r.kind == "eligibility"} - never
    kept = tuple(rule for rule in problem.policy.rules if rule.name not in waivable)
    lenient = problem.changed(policy=problem.policy.model_copy(update={"rules": kept}), pins=())
    pins = pins_within_limits(Random(f"the pins of {seed}"), lenient, most=3)
    policy = problem.policy.model_copy(
        update={"on_conflict": "waive", "waivable": tuple(sorted(waivable))}
    )
    return problem.changed(policy=policy, pins=_sorted(pins))


def _with_droppable_pins(problem: Problem, seed: int) -> Problem:
    """The round without a change budget, which calls unavoidable what pins break that must
    stand."""
    rules = tuple(rule for rule in problem.policy.rules if rule.name != "change_budget")
    levels = (PINS_KEPT, *problem.policy.levels)
    policy = problem.policy.model_copy(
        update={"rules": rules, "levels": levels, "on_conflict": "drop"}
    )
    return problem.changed(policy=policy, pins=(), droppable_pins=_any_pins(problem, seed))


def _any_pins(problem: Problem, seed: int) -> tuple[Pair, ...]:
    chance = Random(f"the pins of {seed}")
    candidates = candidate_pairs(problem, choose_rules(problem.policy))
    pairs = [(mentor.reference, mentee.reference) for mentor, mentee, _ in candidates]
    return _sorted(chance.sample(pairs, min(len(pairs), chance.randint(1, MOST_PINS))))


def _sorted(pins: list[tuple[str, str]]) -> tuple[Pair, ...]:
    return tuple(Pair(mentor=mentor, mentee=mentee) for mentor, mentee in sorted(pins))
