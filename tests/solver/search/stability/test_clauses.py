from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model_helper as cp

from models.domain.problem import Problem
from solver.relaxation.face import FULL
from solver.rule import BoolArray
from solver.search.clock import Clock
from solver.search.search import solved
from solver.search.stability.clauses import add_stability
from solver.search.stability.narrow import narrow
from tests.every_answer import every_answer
from tests.exhaustive_fairness import blocking
from tests.tied_rounds import a_tied_round
from tests.worlds import World

EPSILONS = (0, 1000, 5000)


def test_an_answer_satisfies_the_clauses_exactly_if_no_pair_blocks_it() -> None:
    """Every answer of small rounds among the pairs that are left, one after another."""
    verdicts = []
    for seed in range(25):
        problem = a_tied_round(seed)
        answers = list(every_answer(problem))[::7]
        for triples in answers:
            made = tuple((mentor, mentee) for mentor, mentee, _ in triples)
            epsilon = EPSILONS[seed % 3]
            expected = not blocking(problem, made, epsilon)
            assert _satisfied(problem, made, epsilon) is expected, (seed, made)
            verdicts.append(expected)
    assert any(verdicts)
    assert not all(verdicts)


def _satisfied(problem: Problem, made: tuple[tuple[str, str], ...], epsilon: int) -> bool:
    world = World(problem)
    narrowed = narrow(world.network, world.pairs, epsilon, world.face.state == FULL)
    left = World(problem)
    left.__dict__["pairs"] = narrowed.pairs
    if not set(made) <= set(left.names):
        return False
    standing: BoolArray = left.standing(*made)
    if (narrowed.forced & ~standing).any():
        return False  # What is forced is fixed in the model beforehand.
    model = cp.CpModelProto()
    for stands in standing.tolist():
        model.variables.add().domain.extend([int(stands), int(stands)])
    filled = add_stability(model, world.network, narrowed)
    response = solved(model, Clock(10.0))
    possible = response.status in (cp.OPTIMAL, cp.FEASIBLE)
    if possible:
        for place, value in enumerate(filled.values(standing), start=len(standing)):
            domain = model.variables[place].domain
            domain[0], domain[1] = value, value
        assert solved(model, Clock(10.0)).status in (cp.OPTIMAL, cp.FEASIBLE)
    return possible


def test_nothing_is_added_where_nothing_is_open() -> None:
    problem = a_tied_round(0)
    world = World(problem)
    nobody = world.pairs.where(np.zeros(len(world.pairs), dtype=np.bool_))
    model = cp.CpModelProto()
    filled = add_stability(model, world.network, narrow(world.network, nobody, 0))
    assert len(model.constraints) == 0
    assert filled.values(np.zeros(0, dtype=np.bool_)) == []
