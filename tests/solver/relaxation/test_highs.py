"""HiGHS as we ask it; which limit ended it is what it says itself, not the time afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from ortools.math_opt import model_pb2

from models.domain.stop import StopReason
from solver.relaxation import highs
from solver.relaxation.highs import Matrix, Options, Programme, solve
from solver.rule import FloatArray


def a_hard_programme() -> Programme:
    """A knapsack of 30 rows, on which branching takes minutes."""
    draw = np.random.default_rng(1)
    sizes = draw.integers(1, 50, (30, 60))
    rows, columns = np.nonzero(sizes)
    return Programme(
        gains=draw.integers(1, 100, 60).astype(np.float64),
        lower=np.zeros(60),
        upper=np.full(60, 3.0),
        row_lower=np.full(30, -np.inf),
        row_upper=sizes.sum(axis=1) * 0.6,
        matrix=Matrix(rows, columns, sizes[rows, columns].astype(np.float64)),
        whole=np.ones(60, dtype=np.bool_),
    )


@pytest.mark.parametrize(
    ("seconds", "options", "limit"),
    [
        (60.0, {"mip_max_nodes": 1}, "work_limit"),
        (0.05, {}, "time_limit"),
        (0.0, {}, "time_limit"),
        (-1.0, {}, "time_limit"),
    ],
)
def test_the_limit_that_ended_it_is_told(
    seconds: float, options: Options, limit: StopReason
) -> None:
    assert solve(a_hard_programme(), seconds, options).stopped_by == limit


def test_an_optimum_felt_no_limit() -> None:
    hard = a_hard_programme()
    easy = Programme(
        hard.gains, hard.lower, hard.upper, hard.row_lower, hard.row_upper, hard.matrix
    )
    outcome = solve(easy, 60.0)
    assert (outcome.status, outcome.stopped_by) == ("optimal", None)


def a_small_programme(whole: bool, **changes: FloatArray) -> Programme:
    """3x + 2y, x + y <= 1.5 and x <= 1."""
    given = Programme(
        gains=np.array([3.0, 2.0]),
        lower=np.zeros(2),
        upper=np.array([1.0, np.inf]),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([1.5]),
        matrix=Matrix(np.zeros(2, np.int64), np.arange(2), np.ones(2)),
        whole=np.ones(2, dtype=np.bool_) if whole else None,
    )
    return replace(given, **changes)


def test_a_linear_programme_has_an_optimum_and_a_price_for_each_row() -> None:
    outcome = solve(a_small_programme(whole=False), 60.0)
    assert outcome.status == "optimal"
    assert outcome.values == pytest.approx([1.0, 0.5])
    assert outcome.duals == pytest.approx([2.0])
    assert outcome.bound == pytest.approx(4.0)


def test_whole_variables_are_whole_and_rows_have_no_prices() -> None:
    outcome = solve(a_small_programme(whole=True), 60.0)
    assert outcome.values == pytest.approx([1.0, 0.0])
    assert outcome.bound == pytest.approx(3.0)
    assert not outcome.duals.any()


@pytest.mark.parametrize("whole", [False, True])
def test_what_cannot_hold_is_infeasible(whole: bool) -> None:
    rows = {"row_lower": np.array([5.0]), "row_upper": np.array([9.0])}
    outcome = solve(a_small_programme(whole, upper=np.ones(2), **rows), 60.0)
    assert outcome.status == "infeasible"
    assert not len(outcome.values)


def test_a_hint_is_taken_where_no_time_is_left_for_branching() -> None:
    """The hint is an answer at once; without one HiGHS has its own first answer or none."""
    hard = a_hard_programme()
    hint = np.zeros(60)
    hint[0] = 1.0
    outcome = solve(hard, 60.0, {"mip_max_nodes": 1}, hint)
    assert outcome.status == "feasible"
    assert hard.gains @ outcome.values >= hard.gains[0]


def test_memory_is_asked_for_before_the_messages_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their code does not check, and the process would die without a word."""
    monkeypatch.setattr(highs, "BYTES_A_COLUMN", 1 << 60)
    with pytest.raises(MemoryError):
        solve(a_small_programme(whole=False), 60.0)


def test_both_methods_find_the_same_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simplex on few columns, the interior point with crossover on many."""
    few = solve(a_small_programme(whole=False), 60.0)
    monkeypatch.setattr(highs, "INTERIOR_FROM", 0)
    many = solve(a_small_programme(whole=False), 60.0)
    assert many.duals == pytest.approx(few.duals)
    assert many.values == pytest.approx(few.values)


@pytest.mark.parametrize(("failing", "status"), [(1, "optimal"), (2, "none")])
def test_where_highs_calls_its_own_state_an_error_it_is_asked_without_presolve(
    failing: int, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where that fails too there is no answer, and no traceback."""
    asked = list[str]()
    real = highs.solver.solve

    def fails_first(
        model: object, kind: object, start: object, parameters: Any, *others: Any
    ) -> Any:
        asked.append(parameters.highs.string_options["presolve"])
        if len(asked) <= failing:
            unknown = model_pb2.ModelProto(objective=model_pb2.ObjectiveProto(offset=np.nan))
            return real(unknown, kind, start, parameters, *others)
        return real(model, kind, start, parameters, *others)

    monkeypatch.setattr(highs.solver, "solve", fails_first)
    assert solve(a_small_programme(whole=True), 60.0).status == status
    assert asked == ["", "off"]
