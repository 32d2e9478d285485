"""All levels in turn; that the answers are right is in `tests/properties`."""

from __future__ import annotations

import pytest

from models.domain.problem import Problem
from solver.judge.verify import verify_result
from solver.relaxation import proof
from solver.relaxation.answer import Answer
from solver.relaxation.network import network_value
from solver.search import draft
from solver.search.clock import Clock
from solver.search.find import find_answer
from tests.builders import a_mentee, a_mentor, a_problem
from tests.in_process import solve_here
from tests.mutual_rounds import a_fractional_round, a_mutual_round
from tests.strategies import a_small_round
from tests.worlds import World


def told(problem: Problem, seconds: float = 60) -> list[tuple[str, Answer]]:
    """Every answer that a search tells on its way, and its last one."""
    answers: list[tuple[str, Answer]] = []
    world = World(problem)
    last = find_answer(
        problem,
        world.rules,
        world.network,
        Clock(seconds),
        lambda level, answer: answers.append((level, answer)),
    )
    return [*answers, (problem.policy.levels[-1], last)]


def values(problem: Problem, answer: Answer) -> list[int]:
    world = World(problem)
    return [network_value(problem, world.network, level, answer.pairs) for level in world.levels]


def test_a_level_that_is_solved_stays_solved_at_its_value() -> None:
    problem = a_mutual_round(1, people=12)
    for _, answer in told(problem):
        solved = [stand for stand in answer.levels if stand.solved]
        for stand, value in zip(solved, values(problem, answer), strict=False):
            assert stand.bound == value


def test_without_time_the_network_levels_are_proved_and_the_rest_is_left_open() -> None:
    """CP-SAT gets no time; what the relaxation finds whole needs none."""
    problem = a_fractional_round()
    _, answer = told(problem, seconds=0.0)[-1]
    assert not answer.levels[-1].solved
    complete = told(problem)[-1][1]
    assert values(problem, answer) <= values(problem, complete)


def test_a_round_that_is_a_network_needs_no_time_of_cp_sat() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"))
    _, answer = told(problem, seconds=0.0)[-1]
    assert all(stand.solved for stand in answer.levels)
    assert not any(stand.engine for stand in answer.levels)


def test_an_engine_is_named_from_the_level_on_whose_gap_it_closed() -> None:
    _, answer = told(a_fractional_round())[-1]
    assert [stand.engine for stand in answer.levels] == ["cp-sat", "cp-sat"]


def test_a_level_whose_prices_would_leave_64_bits_is_left_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Here the tie rule: the levels before it are certified all the same, so that the answer is
    optimal, and told apart from its equals by a rule that is only deterministic."""
    problem = a_mutual_round(1, people=12)
    right = solve_here(problem)
    monkeypatch.setattr(proof, "LARGEST_PRICE", 1 << 30)
    found = solve_here(problem)
    assert [level.value for level in found.levels] == [level.value for level in right.levels]
    assert [level.proof for level in found.levels] == ["certified", ""]
    assert (found.run.solve_status, found.run.tie_rule) == ("optimal", "deterministic")
    assert verify_result(problem, found).accepted


@pytest.mark.parametrize("budget", ["MOST_IN_A_CONSTRAINT", "MOST_IN_THE_OBJECTIVE"])
def test_what_cp_sat_cannot_be_trusted_with_is_left_open_or_to_the_prices(
    budget: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a network round the prices prove all without it; elsewhere the answer stays valid."""
    network, mutual = a_small_round(1), a_fractional_round()
    right = solve_here(network)
    monkeypatch.setattr(draft, budget, 1)
    assert solve_here(network) == right
    found = solve_here(mutual)
    assert found.run.solve_status == "feasible"
    assert verify_result(mutual, found).accepted
