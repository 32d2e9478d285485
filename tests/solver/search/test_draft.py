from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from solver.relaxation.face import EMPTY, FREE, FULL
from solver.relaxation.network import network_value
from solver.rule import BoolArray
from solver.search.draft import (
    MOST_IN_A_CONSTRAINT,
    MOST_IN_THE_OBJECTIVE,
    CoefficientBudgetError,
    Core,
    draft_model,
    hint_for,
    loss_of,
)
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.cores import a_core
from tests.mutual_rounds import a_mutual_round
from tests.strategies import a_small_round
from tests.worlds import World

LAW = {"offers": ("law",)}, {"seeks": ("law",)}


def two_friends() -> World:
    """A and B, who could mentor each other."""
    people = [a_person(name, mentor=LAW[0], mentee=LAW[1]) for name in "AB"]
    policy = a_policy("one_direction", expertise_overlap={"weight": 10})
    return World(a_problem(*people, policy=policy))


def bound_of(world: World, core: Core, groups: np.ndarray) -> int:
    """The bound under the prices: what gains, and the groups' prices times their most."""
    objective, segments = core.objective, world.network.segments
    places = np.maximum(objective.segments, 0) @ segments.capacity
    slacks = np.maximum(objective.slacks, 0) @ (world.groups.most - world.groups.least)
    return int(np.maximum(objective.pairs, 0).sum() + places + slacks + groups @ world.groups.most)


@pytest.mark.parametrize("seed", range(40))
def test_a_level_is_its_bound_less_the_loss_for_every_answer_and_any_prices(seed: int) -> None:
    """That is why the search may minimise the loss in the place of the level."""
    chance = np.random.default_rng(seed)
    world = World(a_small_round(seed) if seed % 2 else a_mutual_round(seed, people=6))
    nodes = chance.integers(-60_000, 60_000, world.network.nodes)
    groups = chance.integers(-9_000, 9_000, len(world.groups))
    for level in world.levels:
        core = a_core(world, level.name, nodes, groups)
        for standing in _answers(world, Random(seed)):
            value = network_value(world.problem, world.network, level, world.pairs.where(standing))
            assert value == bound_of(world, core, groups) - loss_of(core, standing)


@pytest.mark.parametrize("seed", range(40))
def test_every_feasible_answer_is_an_assignment_of_the_model(seed: int) -> None:
    """The model of record: each variable within its domain, each row kept."""
    world = World(a_small_round(seed) if seed % 2 else a_mutual_round(seed, people=6))
    core = a_core(world, "points")
    draft = draft_model(core)
    for standing in _answers(world, Random(seed)):
        values = hint_for(core, standing)
        assert len(values) == len(draft.model.variables)
        for value, variable in zip(values, draft.model.variables, strict=True):
            low, high = variable.domain
            assert low <= value <= high
        assert all(_kept(row.linear, values) for row in draft.model.constraints)
        terms = zip(draft.model.objective.vars, draft.model.objective.coeffs, strict=True)
        objective = sum(values[variable] * size for variable, size in terms)
        assert objective + draft.offset == loss_of(core, standing)


def test_what_two_friends_make_of_each_other_is_no_assignment() -> None:
    world = two_friends()
    core = a_core(world, "points")
    both = hint_for(core, world.standing(("A", "B"), ("B", "A")))
    draft = draft_model(core)
    assert all(_kept(row.linear, both) for row in draft.model.constraints)
    assert list(draft.model.variables[len(both) - 1].domain) == [0, 1]
    assert both[-1] == -1


@pytest.mark.parametrize(("state", "domain"), [(FREE, [0, 1]), (FULL, [1, 1]), (EMPTY, [0, 0])])
def test_what_is_settled_has_one_value(state: int, domain: list[int]) -> None:
    world = two_friends()
    core = a_core(world, "points")
    core = replace(
        core,
        face=replace(world.face, segments=np.full_like(world.face.segments, state)),
        slacks=np.array([state], dtype=np.int8),
    )
    draft = draft_model(core)
    domains = [list(variable.domain) for variable in draft.model.variables]
    assert domains[:2] == [[0, 1], [0, 1]]
    assert all(found == domain for found in domains[2:])


def test_a_pair_outside_the_core_is_not_used_and_loses_what_it_would_gain() -> None:
    world = two_friends()
    core = a_core(world, "points")
    smaller = replace(core, places=np.array([0]), forced=np.array([False]))
    nobody = np.zeros(2, dtype=np.bool_)
    assert loss_of(smaller, nobody) == loss_of(core, nobody) == 20_000
    few, all_of_them = draft_model(smaller), draft_model(core)
    assert len(few.model.variables) == len(all_of_them.model.variables) - 1


@pytest.mark.parametrize(("gap", "fitting"), [(10_000, [1, 2]), (20_000, [0])])
def test_an_earlier_level_is_kept_at_exactly_its_loss(gap: int, fitting: list[int]) -> None:
    """Neither more nor less: of no pair, one and the other, only some lose just so much."""
    world = two_friends()
    core = a_core(world, "points")
    draft = draft_model(replace(core, kept=[(core.objective, gap)]))
    row = list(draft.model.constraints)[-1].linear
    answers = (world.standing(), world.standing(("A", "B")), world.standing(("B", "A")))
    found = [n for n, answer in enumerate(answers) if _kept(row, hint_for(core, answer))]
    assert found == fitting


def test_coefficients_beyond_the_budget_are_refused() -> None:
    """CP-SAT 9.15 is not to be trusted with them; the largest that it is given is one less."""
    core = a_core(two_friends(), "points")
    most = MOST_IN_THE_OBJECTIVE - 1
    for within in ([most, 0], [-most, 0], [most - 5, -5]):
        draft_model(replace(core, objective=replace(core.objective, pairs=np.array(within))))
    for beyond in ([most, -1], [-most, -1], [most + 1, 0]):
        huge = replace(core.objective, pairs=np.array(beyond))
        with pytest.raises(CoefficientBudgetError, match="objective"):
            draft_model(replace(core, objective=huge))
    most = MOST_IN_A_CONSTRAINT - 1
    for within in ([most, 0], [-most, 0], [most - 5, -5]):
        kept = replace(core.objective, pairs=np.array(within))
        draft_model(replace(core, kept=[(kept, 0)]))
    for beyond in ([most, -1], [-most, -1], [most + 1, 0]):
        kept = replace(core.objective, pairs=np.array(beyond))
        with pytest.raises(CoefficientBudgetError, match="constraint"):
            draft_model(replace(core, kept=[(kept, 0)]))


def test_the_objectives_budget_counts_how_large_a_variable_can_be() -> None:
    """A mentor's three places can cost three times their coefficient; none of it is cut off."""
    world = World(a_problem(a_mentor(capacity=3), *(a_mentee(f"E{n}") for n in range(3))))
    core = a_core(world, "points")
    places = world.network.segments.capacity == 3
    assert places.sum() == 1
    most = (MOST_IN_THE_OBJECTIVE - 1) // 3
    for size, within in ((most, True), (-most, True), (most + 1, False), (-most - 1, False)):
        costs = replace(core.objective, pairs=np.zeros(3, np.int64), segments=places * size)
        drafted = replace(core, objective=costs)
        if within:
            # Its messages live as long as the draft.
            draft = draft_model(drafted)
            least, limit = draft.model.objective.domain
            assert least <= min(0, -3 * size)
            assert limit >= max(0, -3 * size)
        else:
            with pytest.raises(CoefficientBudgetError, match="objective"):
                draft_model(drafted)


def test_no_other_file_drafts_a_model_for_cp_sat() -> None:
    """So that none can get round the budgets; and only one hands a model over."""
    sources = sorted((Path(__file__).parents[3] / "solver").rglob("*.py"))
    for word, name in (("CpModelProto(", "draft.py"), ("SolveWrapper(", "search.py")):
        assert [path.name for path in sources if word in path.read_text("utf-8")] == [name]


def _answers(world: World, chance: Random) -> list[BoolArray]:
    """Some feasible answers: the greedy one, and what is left of it without some pairs."""
    answers = [world.greedy]
    pinned = world.face.state == FULL
    for _ in range(4):
        kept = np.array([chance.random() < 0.6 for _ in range(len(world.pairs))], dtype=np.bool_)
        answers.append((world.greedy & kept) | pinned)
    return answers


def _kept(row: Any, values: list[int]) -> bool:
    total = sum(values[place] * size for place, size in zip(row.vars, row.coeffs, strict=True))
    low, high = row.domain
    return low <= total <= high
