from __future__ import annotations

import pytest

from models.domain.problem import Problem
from solver.judge.bound import PlainBound, Priced
from solver.judge.facts import candidate_pairs
from solver.levels import LEVELS
from solver.relaxation.answer import opening_stands
from solver.search.clock import Clock
from solver.search.first_answer import NoAnswerError
from solver.search.stability.bounds import Bounds
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.every_answer import best_of_all
from tests.tied_rounds import a_tied_round
from tests.worlds import World


def bounds_of(problem: Problem, seconds: float = 60.0) -> Bounds:
    world = World(problem)
    opening = opening_stands(problem, world.network, world.pairs, world.levels)
    bounds = Bounds(problem, world.rules, world.network, Clock(seconds), opening)
    bounds.look_at_each_level(world.pairs)
    return bounds


def test_bounds_are_what_their_prices_prove_whatever_the_values_before() -> None:
    """The judge adds them up again; those of each level alone hold for any values."""
    for seed in range(40):
        problem = a_tied_round(seed)
        best = best_of_all(problem)
        assert best is not None
        values = dict(zip(problem.policy.levels, best[0], strict=True))
        other = {name: value - 1 for name, value in values.items()}
        for reached in (values, other):
            for stand in bounds_of(problem).stands(reached):
                proved = _proved(problem, stand.name, stand.prices, reached)
                assert proved <= stand.bound, seed
                assert proved >= values[stand.name] or reached is other, seed
                assert not stand.solved


def _proved(problem: Problem, name: str, prices, values) -> int:
    rules = World(problem).rules
    bound = PlainBound(Priced(problem, rules, LEVELS[name], prices), values)
    for mentor, mentee, points in candidate_pairs(problem, rules):
        bound.add(mentor, mentee, points)
    return bound.value


def test_without_time_the_simple_prices_of_the_beginning_stand() -> None:
    problem = a_tied_round(3)
    bounds = bounds_of(problem, seconds=0.0)
    assert {stand.name for stand in bounds.stands({})} == set(problem.policy.levels)


def test_limits_that_no_answer_keeps_are_a_conflict_of_their_own() -> None:
    policy = a_policy(department_quota={"mentees": {"HMRC": {"least": 2, "most": 2}}})
    problem = a_problem(
        a_mentor("M1"), *(a_mentee(f"E{k}", department="HMRC") for k in (1, 2)), policy=policy
    )
    with pytest.raises(NoAnswerError) as error:
        bounds_of(problem)
    assert error.value.conflict is not None
    assert error.value.conflict.rules == ("department_quota",)
