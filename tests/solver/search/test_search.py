from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.relaxation.network import network_value
from solver.search import search
from solver.search.clock import Clock
from solver.search.draft import loss_of
from solver.search.search import search_core
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.cores import a_core
from tests.exhaustive import best_answer
from tests.mutual_rounds import a_mutual_round
from tests.strategies import a_small_round
from tests.worlds import World


def contended() -> World:
    """One place, for E1 or for E2, who is worth more."""
    return World(
        a_problem(
            a_mentor("M1", offers=("law",)),
            a_mentee("E1", seeks=("data", "law")),
            a_mentee("E2", seeks=("law",)),
            policy=a_policy(expertise_overlap={"weight": 10}),
        )
    )


@pytest.mark.parametrize(
    "seeds", [range(60), pytest.param(range(60, 1_000), marks=pytest.mark.slow)]
)
def test_the_first_level_is_searched_to_its_optimum(seeds: range) -> None:
    """A canary for every upgrade of OR-Tools: an `OPTIMAL` that is none would show here."""
    for seed in seeds:
        _assert_searched_to_its_optimum(a_small_round(seed))


def _assert_searched_to_its_optimum(problem: Problem) -> None:
    world = World(problem)
    level = world.levels[0]
    core = a_core(world, level.name)
    found = search_core(core, world.greedy, Clock(60.0))
    best = best_answer(problem)
    assert found is not None
    assert found.proved
    assert best is not None
    pairs = world.pairs.where(found.standing)
    assert network_value(problem, world.network, level, pairs) == best.values[0]
    assert found.loss == loss_of(core, found.standing)


@pytest.mark.parametrize("seed", range(6))
def test_further_limits_are_kept(seed: int) -> None:
    world = World(a_mutual_round(seed, people=10))
    found = search_core(a_core(world, "points"), world.greedy, Clock(60.0))
    assert found is not None
    assert len(world.groups.broken(world.face.slacks, found.standing)) == 0


def test_the_same_core_gives_the_same_answer() -> None:
    """One worker and a fixed seed, though many answers are as good."""
    people = (*(a_mentor(f"M{n}") for n in range(6)), *(a_mentee(f"E{n}") for n in range(9)))
    world = World(a_problem(*people, policy=a_policy()))
    core = a_core(world, "mentees_matched")
    nobody = np.zeros(len(world.pairs), dtype=np.bool_)
    answers = [search_core(core, nobody, Clock(60.0)) for _ in range(4)]
    made = [world.made(answer.standing) for answer in answers if answer is not None]
    assert len(made) == 4
    assert len(made[0]) == 6
    assert all(pairs == made[0] for pairs in made)


def test_without_time_there_is_no_answer() -> None:
    world = contended()
    assert search_core(a_core(world, "points"), world.greedy, Clock(0.0)) is None
    assert search_core(a_core(world, "points"), world.greedy, Clock(-5.0)) is None


def test_its_own_count_of_work_ends_a_search_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "DETERMINISTIC_SECONDS", 0.0)
    world = contended()
    found = search_core(a_core(world, "points"), world.greedy, Clock(60.0))
    assert found is None or not found.proved


def test_the_clock_is_told_which_limit_ended_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """CP-SAT works on this core for a second or more."""
    world = World(a_mutual_round(1, people=60))
    core = a_core(world, "points")
    in_time, too_late = Clock(60.0), Clock(0.05)
    search_core(core, world.greedy, too_late)
    assert too_late.stop_reason == "time_limit"
    monkeypatch.setattr(search, "DETERMINISTIC_SECONDS", 0.001)
    search_core(core, world.greedy, in_time)
    assert in_time.stop_reason == "work_limit"


def test_a_search_that_comes_to_its_end_felt_no_limit() -> None:
    world, clock = contended(), Clock(60.0)
    search_core(a_core(world, "points"), world.greedy, clock)
    assert clock.stop_reason == "engine_limit"


def test_a_core_with_no_answer_at_all_is_none() -> None:
    """An earlier level that would have to lose what no answer loses."""
    world = contended()
    core = a_core(world, "points")
    assert search_core(replace(core, kept=[(core.objective, 7)]), world.greedy, Clock(60.0)) is None


def test_cp_sat_is_not_asked_beyond_what_it_is_trusted_with() -> None:
    world = contended()
    core = a_core(world, "points")
    huge = replace(core.objective, pairs=core.objective.pairs << 40)
    assert search_core(replace(core, objective=huge), world.greedy, Clock(60.0)) is None


def test_a_pair_that_is_forced_stands_though_it_loses() -> None:
    world = contended()
    forced = world.standing(("M1", "E1"))
    core = replace(a_core(world, "points"), forced=forced)
    found = search_core(core, forced, Clock(60.0))
    assert found is not None
    assert world.made(found.standing) == [("M1", "E1")]
    assert found.loss == 10_000


def test_a_round_without_pairs_has_an_answer_without_pairs() -> None:
    problem: Problem = a_problem(a_mentor(grade="AA"), a_mentee())
    world = World(problem)
    found = search_core(a_core(world, "points"), world.greedy, Clock(60.0))
    assert found is not None
    assert (found.loss, found.proved, len(found.standing)) == (0, True, 0)
