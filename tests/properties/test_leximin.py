"""Under `leximin` small rounds agree with exhaustive search, bucket by bucket."""

from __future__ import annotations

import pytest

from solver.fairness.leximin import Leximin
from solver.modes import under_mode
from solver.search.first_answer import NoAnswerError
from tests.exhaustive import best_answer
from tests.in_process import solve_here
from tests.round_kinds import FEW, KINDS

CHUNK = 50
BUCKETS = (10, 10, 5, 3, 2, 2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", range(0, 50, CHUNK))
def test_small_rounds_agree(first: int, kind: str) -> None:
    told = _assert_agree(range(first, first + CHUNK), kind)
    assert told or kind == "limited"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", range(50, 500, CHUNK))
def test_five_hundred_small_rounds_of_each_kind_agree(first: int, kind: str) -> None:
    _assert_agree(range(first, first + CHUNK), kind)


def _assert_agree(seeds: range, kind: str) -> int:
    """In every level's value and in the pairs; in how many rounds the mode makes a difference."""
    told_apart = left_open = 0
    for seed in seeds:
        plain = KINDS[kind](seed)
        mode = Leximin(buckets=BUCKETS[seed % len(BUCKETS)])
        problem = plain.changed(policy=under_mode(plain.policy, mode))
        best = best_answer(problem)
        if best is None:
            with pytest.raises(NoAnswerError):
                solve_here(problem)
            continue
        result = solve_here(problem)
        assert tuple(level.value for level in result.levels) == best.values, seed
        assert tuple((made.mentor, made.mentee) for made in result.assignments) == best.pairs, seed
        assert result.run.solve_status == "optimal", seed
        left_open += result.run.tie_rule != "lottery"
        told_apart += best.pairs != best_answer(plain).pairs
    assert left_open <= FEW
    return told_apart
