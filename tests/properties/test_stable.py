"""Under `stable` small rounds agree with every answer there is: the best that no pair blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.domain.problem import Problem
from solver.fairness.stable import Stable
from solver.judge.verify import verify_result
from solver.modes import under_mode, without_mode
from solver.search.first_answer import NoAnswerError
from tests.every_answer import best_of_all
from tests.exhaustive_fairness import blocking
from tests.in_process import solve_here
from tests.round_kinds import FEW, KINDS

CHUNK = 25
EPSILONS = (0, 0, 1000, 5000, 20_000)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", range(0, 25, CHUNK))
def test_small_rounds_agree(first: int, kind: str) -> None:
    told = _assert_agree(range(first, first + CHUNK), kind)
    assert told or kind == "limited"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", range(25, 500, CHUNK))
def test_five_hundred_small_rounds_of_each_kind_agree(first: int, kind: str) -> None:
    _assert_agree(range(first, first + CHUNK), kind)


def _assert_agree(seeds: range, kind: str) -> int:
    """In every level, in the pairs, and in whether there is an answer at all; in how many rounds
    the best of all answers is blocked."""
    unlike_coverage = left_open = 0
    for seed in seeds:
        problem = _under_stable(KINDS[kind](seed), EPSILONS[seed % len(EPSILONS)])
        best = best_of_all(problem, is_allowed=_no_pair_blocks(problem))
        if best is None:
            _assert_conflict(problem)
            continue
        result = solve_here(problem)
        assert tuple(level.value for level in result.levels) == best[0], seed
        assert tuple((made.mentor, made.mentee) for made in result.assignments) == best[1], seed
        assert result.run.solve_status == "optimal", seed
        left_open += result.run.tie_rule != "lottery"
        assert result.blocking_pairs.count == 0
        assert verify_result(problem, result).findings == (), seed
        unlike_coverage += any(level.proof != "certified" for level in result.levels)
    assert left_open <= FEW
    return unlike_coverage


def _assert_conflict(problem: Problem) -> None:
    """The mode and the limits that are in its way, or limits that leave no answer at all."""
    with pytest.raises(NoAnswerError) as error:
        solve_here(problem)
    without = problem.changed(policy=without_mode(problem.policy))
    conflict = error.value.conflict
    assert conflict is not None
    if Stable.name not in conflict.rules:
        assert best_of_all(without) is None
        return
    assert len(conflict.rules) + len(conflict.pins) > 1
    assert best_of_all(without) is not None


def _under_stable(problem: Problem, epsilon: int) -> Problem:
    return problem.changed(policy=under_mode(problem.policy, Stable(epsilon=epsilon)))


def _no_pair_blocks(problem: Problem) -> Callable[[tuple[tuple[str, str], ...]], bool]:
    (epsilon,) = problem.policy.fairness.settings.values() if problem.policy.fairness else (0,)
    return lambda chosen: not blocking(problem, chosen, epsilon)
