"""The relaxation that holds few pairs; that its bounds are true is in `tests/properties` too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.judge.bound import Priced
from solver.judge.facts import candidate_pairs
from solver.judge.survey import Question, plain_survey
from solver.levels import LEVELS
from solver.relaxation import wide as wide_module
from solver.relaxation.wide import relax_wide
from solver.relaxation.wide_prices import reduced_gains
from solver.rulebook import choose_rules
from solver.search.close_gap import lowest_value
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.exhaustive import best_answer
from tests.limited_rounds import a_limited_round
from tests.wide_rounds import a_wide_round, relaxed

MATCHED = LEVELS["mentees_matched"]

POINTS_ONLY = [seed for seed in range(150) if a_limited_round(seed).policy.levels[0] == "points"][
    :20
]


@pytest.mark.parametrize("most_held", [0, 3])
def test_the_same_bound_comes_of_few_pairs_held_and_of_all(most_held: int) -> None:
    """Pricing takes in what is missing. How far below every answer a bound is says nothing."""
    for seed in range(60):
        problem = a_limited_round(seed)
        name = problem.policy.levels[0]
        wide = a_wide_round(problem)
        bounds = (relaxed(a_wide_round(problem, most_held), name), relaxed(wide, name))
        few, every = (max(found.bound, lowest_value(wide, found.level) - 1) for found in bounds)
        assert few == every, seed


@pytest.mark.parametrize("seed", range(30))
def test_the_judge_finds_the_same_bound_in_the_published_prices(seed: int) -> None:
    """Every pair and every place counted once, in plain Python."""
    problem = a_limited_round(seed)
    name = problem.policy.levels[0]
    prices = relaxed(a_wide_round(problem), name)
    rules = choose_rules(problem.policy)
    priced = Priced(problem, rules, LEVELS[name], prices.published(problem))
    question = Question(problem, rules, (), (), [priced], {name: 0})
    seen = plain_survey(question, candidate_pairs(problem, rules))
    assert seen.bounds[name] == prices.bound


def test_a_bound_is_at_hand_though_there_was_no_time() -> None:
    """It may be a loose one; it is never below the optimum."""
    for seed in range(30):
        problem = a_limited_round(seed, most_people=4)
        best = best_answer(problem)
        if best is not None:
            level = LEVELS[problem.policy.levels[0]]
            wide = a_wide_round(problem, most_held=0)
            found = relax_wide(wide, level, (), lambda: True, to_the_end=True)
            assert found.bound >= best.values[0], seed


def test_an_earlier_level_is_held_to_its_value() -> None:
    """The best mentor for points can only take one of the two; with both matched, no more than
    one of them can have the better pair."""
    problem = _two_for_two()
    wide = a_wide_round(problem)
    alone = relaxed(wide, "points").bound
    held = relaxed(wide, "points", mentees_matched=2)
    assert (alone, held.bound) == (40_000, 40_000)
    assert relaxed(wide, "mentees_matched").bound == 2
    assert relaxed(wide, "points", mentees_matched=3).bound < 0


def test_a_loose_group_is_only_taken_in_once_it_is_broken() -> None:
    """A mentor who takes two or none, and whose second mentee does not exist."""
    problem = a_problem(
        a_mentor(capacity=2), a_mentee(), policy=a_policy(group_minimum={"minimum": 2})
    )
    wide = a_wide_round(problem)
    early = relax_wide(wide, MATCHED, (), lambda: False, to_the_end=False)
    assert (early.bound, wide.known) == (1, [])
    assert relaxed(wide, "mentees_matched").bound == 0
    assert wide.known


def test_pins_that_break_a_limit_leave_a_bound_that_nothing_can_reach() -> None:
    """The programme has an optimum all the same: what pins exceed may be missed at a price."""
    problem = a_problem(
        a_mentor(capacity=2, home_region="Wales"),
        a_mentee(home_region="London"),
        policy=a_policy(share_limit={"cross_region_percent": 0}),
        pins=[("M1", "E1")],
    )
    wide = a_wide_round(problem)
    assert relaxed(wide, "mentees_matched").bound < 0
    without = replace(wide, network=wide.network.with_pins(()))
    assert relaxed(without, "mentees_matched").bound == 0


def test_reduced_gains_are_of_any_pairs_held_or_not() -> None:
    for seed in range(20):
        wide = a_wide_round(a_limited_round(seed), most_held=2)
        name = wide.problem.policy.levels[0]
        prices = relaxed(wide, name)
        (every,) = wide.blocks
        gains = reduced_gains(wide, prices, every)
        again = np.concatenate(
            [reduced_gains(wide, prices, every.where(np.array([n]))) for n in range(len(every))]
            or [gains]
        )
        np.testing.assert_array_equal(gains, again)


def _two_for_two() -> Problem:
    """One mentor offers what both mentees seek; the two are of one team, and kept apart."""
    return a_problem(
        a_mentor("M1", capacity=2, offers=("leadership",)),
        a_mentor("M2"),
        a_mentee("E1", team="T1", seeks=("leadership",)),
        a_mentee("E2", team="T1", seeks=("leadership",)),
        policy=a_policy("same_team_apart", expertise_overlap={"weight": 40}),
    )


def test_a_level_that_is_not_settled_after_so_many_rounds_has_a_true_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = [relaxed(a_wide_round(a_limited_round(seed)), "points").bound for seed in POINTS_ONLY]
    monkeypatch.setattr(wide_module, "MOST_ROUNDS", 1)
    early = [relaxed(a_wide_round(a_limited_round(s), 0), "points").bound for s in POINTS_ONLY]
    assert all(bound >= best for bound, best in zip(early, right, strict=True))
    assert early != right


def test_a_mentor_of_whom_a_group_is_broken_brings_all_groups_of_theirs() -> None:
    """And a group that is known already is not brought again."""
    for seed in range(60):
        wide = a_wide_round(a_limited_round(seed))
        relaxed(wide, wide.problem.policy.levels[0])
        assert len(wide.known) == len(set(wide.known)), seed


def test_a_bound_that_nothing_can_reach_ends_it() -> None:
    """That there is no answer is all that is asked; how far off does not matter."""
    problem = a_problem(
        a_mentor(capacity=2, home_region="Wales"),
        *(a_mentee(f"E{number}", home_region="London") for number in range(2)),
        policy=a_policy(share_limit={"cross_region_percent": 0}, group_minimum={"minimum": 3}),
        pins=[("M1", "E0")],
    )
    asked: list[None] = []
    prices = relax_wide(
        a_wide_round(problem, most_held=0), MATCHED, (), lambda: bool(asked.append(None)), True, 0
    )
    assert prices.bound < 0
    assert not asked
