from __future__ import annotations

import numpy as np
import pytest

from models.domain.certificate import Prices
from solver.judge.bound import Priced
from solver.judge.facts import candidate_pairs
from solver.judge.survey import Question, plain_survey
from solver.levels import LEVELS
from solver.relaxation.answer import Answer, LevelStand, named_prices, opening_stands
from tests.builders import a_mentee, a_mentor, a_problem
from tests.exhaustive import best_answer
from tests.strategies import a_small_round
from tests.worlds import World


def opened(world: World) -> tuple[LevelStand, ...]:
    return opening_stands(world.problem, world.network, world.pairs, world.levels)


def judged(world: World, stands: tuple[LevelStand, ...]) -> dict[str, int]:
    """What the judge says that the stands' prices prove."""
    problem, rules = world.problem, world.rules
    priced = [Priced(problem, rules, LEVELS[stand.name], stand.prices) for stand in stands]
    question = Question(problem, rules, (), (), priced)
    return dict(plain_survey(question, candidate_pairs(problem, rules)).bounds)


@pytest.mark.parametrize("seed", range(80))
def test_an_opening_bound_is_one_and_follows_from_its_prices(seed: int) -> None:
    """A pin's price can only make the judge's bound the sharper one."""
    world = World(a_small_round(seed))
    stands = opened(world)
    best = best_answer(world.problem)
    assert best is not None
    bounds = judged(world, stands)
    for stand, value in zip(stands, best.values, strict=True):
        assert value <= bounds[stand.name] <= stand.bound
        assert world.problem.pins or bounds[stand.name] == stand.bound
        assert not stand.solved


def test_somebody_without_any_option_counts_for_nothing() -> None:
    world = World(
        a_problem(a_mentor("M1", capacity=9), a_mentee("E1"), a_mentee("E2", grade="SCS4"))
    )
    matched, *_ = opened(world)
    assert matched.bound == 1


def test_each_mentees_best_option_bounds_the_points() -> None:
    world = World(
        a_problem(
            a_mentor("M1", offers=("law",)),
            a_mentor("M2"),
            a_mentee("E1", seeks=("law",)),
            a_mentee("E2", wants=2, seeks=("law", "data")),
        )
    )
    _, points, _ = opened(world)
    assert points.bound == 40_000 + 2 * 40 * 666


def test_a_level_that_is_solved_takes_the_place_of_its_opening() -> None:
    world = World(a_problem())
    answer = Answer(world.pairs, opened(world))
    solved = LevelStand("points", Prices(), bound=7, solved=True)
    after = answer.with_level(solved, world.pairs.where(np.zeros(1, dtype=np.bool_)))
    assert after.levels == (answer.levels[0], solved, answer.levels[2])
    assert len(after.pairs) == 0


def test_prices_are_named_by_reference_and_what_is_0_left_out() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), tie_salt="salt")
    places = {person.reference: place for place, person in enumerate(problem.mentors, start=1)}
    prices = np.zeros(3, dtype=np.int64)
    prices[0], prices[places["M2"]] = -4, 9
    assert named_prices(problem, prices) == Prices(mentees={"E1": -4}, mentors={"M2": 9})
