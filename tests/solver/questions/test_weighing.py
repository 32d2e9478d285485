from __future__ import annotations

import pytest

from solver.questions.changed_rounds import weighable, with_weight
from solver.questions.weighing import is_convex, pins_stand, slope_of, weights_that_matter
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here
from tests.strategies import a_small_round


def test_points_of_the_same_pairs_rise_by_the_slope() -> None:
    """For every soft objective, loads included: another unit of weight adds the slope."""
    for seed in range(20):
        problem = a_small_round(seed)
        result = solve_here(problem)
        for rule in weighable(problem).values():
            worth = [_points(with_weight(problem, rule, weight), result.pairs) for weight in (3, 4)]
            assert worth[1] - worth[0] == slope_of(problem, rule, result), (seed, rule.name)


def _points(problem, pairs) -> int:
    rules, people = choose_rules(problem.policy), problem.by_reference
    loads = {pair.mentor: sum(other.mentor == pair.mentor for other in pairs) for pair in pairs}
    return sum(
        rule.weight * rule.value(problem, people[pair.mentor], people[pair.mentee])
        for rule in rules.objectives
        for pair in pairs
    ) - sum(
        rule.cost_of(nth)
        for rule in rules.loads
        for load in loads.values()
        for nth in range(1, load + 1)
    )


@pytest.mark.parametrize(
    ("settings", "levels", "convex"),
    [
        ({}, ("mentees_matched", "points"), True),
        ({}, ("mentors_used", "points"), True),
        ({"quality_floor": {"points": 1}}, ("mentees_matched", "points"), False),
    ],
)
def test_only_a_floor_or_a_level_of_points_makes_weights_count_twice(
    settings: dict, levels: tuple[str, ...], convex: bool
) -> None:
    problem = a_problem(policy=a_policy(levels=levels, **settings))
    assert is_convex(problem, choose_rules(problem.policy)) is convex


def test_a_pin_may_fall_below_a_floor() -> None:
    problem = a_problem(
        a_mentor("M1", home_region="Wales"),
        a_mentee("E1", home_region="Wales"),
        policy=a_policy(shared_region={"weight": 4}, quality_floor={"points": 4000}),
        pins=[("M1", "E1")],
    )
    assert pins_stand(problem)
    assert not pins_stand(with_weight(problem, weighable(problem)["shared_region"], 3))


def test_objectives_that_give_nobody_anything_do_not_matter() -> None:
    problem = a_problem(
        a_mentor("M1", home_region="Wales"), a_mentee("E1", home_region="Wales"), policy=a_policy()
    )
    found = weights_that_matter(problem, choose_rules(problem.policy))
    assert {"shared_region", "balanced_load"} <= found.keys()
    assert not {"keep_pairs", "shared_characteristic", "stated_preferences"} & found.keys()
