from __future__ import annotations

import numpy as np
import pytest

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.judge.array_bound import ArrayBound
from solver.judge.bound import Priced, UnusablePricesError
from solver.levels import LEVELS, Lottery
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import CandidatePairs, candidate_blocks
from tests.builders import a_mentee, a_mentor, a_problem

VALUES = {"mentees_matched": 1, "points": 0}


def bound_of(problem: Problem, level: str, prices: Prices) -> int:
    rules = choose_rules(problem.policy)
    bound = ArrayBound(Priced(problem, rules, LEVELS[level], prices), VALUES)
    for block in candidate_blocks(problem, rules):
        bound.add(block)
    return bound.value


@pytest.mark.parametrize(
    "prices",
    [
        Prices(mentors={"M1": 1 << 62}),
        Prices(mentees={"E1": -(1 << 62)}),
        Prices(scale=1 << 60),
        Prices(earlier={"mentees_matched": 1 << 62}),
        Prices(mentors={"M1": 1 << 61}, mentees={"E1": 1 << 61}),
        Prices(limits={"mentor_capacity": {"M1": 10**400}}),
    ],
)
def test_prices_that_could_leave_64_bits_are_refused(prices: Prices) -> None:
    with pytest.raises(UnusablePricesError, match="too large"):
        bound_of(a_problem(), "points", prices)


def test_the_factor_of_a_level_that_no_pair_gains_at_may_be_large() -> None:
    """Times the points it would leave 64 bits, but coverage is gained by mentees, not by pairs."""
    prices = Prices(earlier={"mentees_matched": 1 << 50})
    assert bound_of(a_problem(), "points", prices) == 0


def test_a_sum_of_many_pairs_may_leave_64_bits() -> None:
    """Each reduced gain fits; their sum is a whole number of any size."""
    mentors = tuple(a_mentor(f"M{n}") for n in range(6))
    problem = a_problem(*mentors, a_mentee("E1"))
    prices = Prices(mentees={"E1": -(1 << 61)})
    assert bound_of(problem, "points", prices) == 6 << 61


def test_prices_that_prove_nothing_are_refused_as_in_plain_python() -> None:
    with pytest.raises(UnusablePricesError, match="the scale is 0"):
        bound_of(a_problem(), "points", Prices(scale=0))


def test_a_dear_gain_is_worked_out_only_where_it_could_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lottery of a pair that is priced beyond every draw is never drawn."""
    drawn: list[int] = []

    class Counting(Lottery):
        def pair_gains(self, problem, mentors, mentees, points):
            drawn.append(len(mentors))
            return super().pair_gains(problem, mentors, mentees, points)

    monkeypatch.setitem(LEVELS, "lottery", Counting("lottery"))
    problem = a_problem(*(a_mentor(f"M{n}") for n in range(5)), a_mentee("E1"))
    prices = Prices(mentors={f"M{n}": 1 << 24 for n in range(4)})
    exact = LEVELS["lottery"].pair_gain(problem, "M4", "E1", 0)
    assert bound_of(problem, "lottery", prices) == (4 << 24) + exact
    assert drawn == [1]


def test_a_pinned_pair_is_counted_in_full_however_it_is_priced() -> None:
    problem = a_problem(pins=[("M1", "E1")])
    prices = Prices(mentors={"M1": 1 << 30})
    exact = LEVELS["lottery"].pair_gain(problem, "M1", "E1", 0)
    assert bound_of(problem, "lottery", prices) == exact


def test_no_pairs_add_nothing() -> None:
    problem = a_problem()
    bound = ArrayBound(
        Priced(problem, choose_rules(problem.policy), LEVELS["points"], Prices()), VALUES
    )
    none = np.zeros(0, dtype=np.int32)
    bound.add(CandidatePairs(none, none, none))
    assert bound.value == 0
