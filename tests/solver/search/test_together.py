"""Large rounds under further limits; `tests/properties` hold them to exhaustive search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Collision
from solver.judge.verify import verify_result
from solver.relaxation.answer import Answer
from solver.relaxation.linear import LinearFailedError
from solver.search import together
from solver.search.clock import Clock
from solver.search.first_answer import NoAnswerError
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import answer_here, solve_here
from tests.limited_rounds import a_limited_round
from tests.wide_rounds import a_wide_round, solve_as_large
from tests.worlds import World

LEFT_TO_AN_ENGINE = 212
"""A round of which the relaxation says that five can be matched, where two can."""


@pytest.fixture(autouse=True)
def _as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    solve_as_large(monkeypatch)


def told(problem: Problem, seconds: float = 60.0) -> list[tuple[str, Answer]]:
    answers: list[tuple[str, Answer]] = []
    rules = World(problem).rules
    answer_here(problem, rules, lambda *message: answers.append(message), Clock(seconds))
    return answers


def test_the_tie_rule_is_not_attempted_and_the_answer_is_optimal_all_the_same() -> None:
    problem = _one_of_a_team()
    result = solve_here(problem)
    assert (result.run.solve_status, result.run.tie_rule) == ("optimal", "deterministic")
    assert [level.proof for level in result.levels] == ["certified", "certified", ""]
    assert verify_result(problem, result).accepted
    rules = World(problem).rules
    answer = answer_here(problem, rules, lambda level, so_far: None)
    assert [stand.is_open for stand in answer.levels] == [False, False, False]


def test_a_level_short_of_its_bound_is_decided_by_itself_and_held_to_its_value() -> None:
    """The engine proves it, and the next level's bound is that of answers with this value."""
    problem = a_limited_round(LEFT_TO_AN_ENGINE)
    result = solve_here(problem)
    matched, points, _ = result.levels
    assert (matched.value, matched.proof, matched.certified_bound) == (2, "engine:highs", 5)
    assert (points.value, points.proved) == (55_320, True)


def test_answers_only_get_better_on_the_way() -> None:
    for seed in (LEFT_TO_AN_ENGINE, 93, 186):
        problem = a_limited_round(seed)
        world = World(problem)
        values = [
            together.values_of(a_wide_round(problem), world.levels, answer.pairs)
            for _, answer in told(problem)
        ]
        assert values == sorted(values), seed


def test_an_answer_is_told_before_anything_is_relaxed_if_it_keeps_the_limits() -> None:
    level, answer = told(_one_of_a_team())[0]
    assert level == "mentees_matched"
    assert len(answer.pairs) == 1


def test_without_time_an_answer_in_hand_stands_with_a_true_bound() -> None:
    answers = told(_one_of_a_team(), seconds=0.0)
    assert len(answers[-1][1].pairs) == 1
    assert answers[-1][1].levels[0].bound >= 1


def test_where_no_answer_is_found_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Greedy takes the better pair, and misses the least of a department."""
    monkeypatch.setattr(together, "close_gap", lambda *_: None)
    with pytest.raises(NoAnswerError) as caught:
        told(_needs_the_worse_pair())
    assert caught.value.conflict is None


def test_an_answer_that_greedy_does_not_see_is_found() -> None:
    result = solve_here(_needs_the_worse_pair())
    assert [(made.mentor, made.mentee) for made in result.assignments] == [("M1", "E2")]
    assert result.run.solve_status == "optimal"


def test_limits_that_cannot_hold_together_are_named_without_those_that_can() -> None:
    problem = a_problem(
        a_mentor(department="HMRC"),
        a_mentee(),
        policy=a_policy(
            "same_team_apart",
            department_quota={"mentors": {"HMRC": {"least": 1}}},
            coverage_floor={"by": "grade", "percent": 100},
            group_minimum={"minimum": 2},
        ),
    )
    with pytest.raises(NoAnswerError) as caught:
        told(problem)
    assert caught.value.conflict in (
        Collision(rules=("department_quota", "group_minimum")),
        Collision(rules=("coverage_floor", "group_minimum")),
    )


def test_pins_are_part_of_a_conflict() -> None:
    problem = a_problem(
        a_mentor(home_region="Wales"),
        a_mentee(home_region="London"),
        policy=a_policy("same_team_apart", share_limit={"cross_region_percent": 0}),
        pins=[("M1", "E1")],
    )
    with pytest.raises(NoAnswerError) as caught:
        told(problem)
    pin = Pair(mentor="M1", mentee="E1")
    assert caught.value.conflict == Collision(rules=("share_limit",), pins=(pin,))


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_a_programme_that_fails_leaves_what_is_in_hand(
    calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = _one_of_a_team()
    monkeypatch.setattr(together, "relax_wide", _failing_after(calls, together.relax_wide))
    result = solve_here(problem)
    assert len(result.assignments) == 1
    assert verify_result(problem, result).accepted
    monkeypatch.setattr(together, "relax_wide", _failing_after(0, together.relax_wide))
    with pytest.raises(NoAnswerError):
        solve_here(_needs_the_worse_pair())


def _failing_after(calls: int, real: Callable[..., Any]) -> Callable[..., Any]:
    left = [calls]

    def fails(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise LinearFailedError("none")
        return real(*arguments, **named)

    return fails


def _one_of_a_team() -> Problem:
    """One mentor with two places for two mentees of one team, and a limit that is not plain."""
    return a_problem(
        a_mentor(capacity=2, offers=("policy",)),
        a_mentee("E1", team="T1", seeks=("policy",)),
        a_mentee("E2", team="T1"),
        policy=a_policy(
            "same_team_apart",
            expertise_overlap={"weight": 40},
            coverage_floor={"by": "profession", "percent": 50},
        ),
    )


def _needs_the_worse_pair() -> Problem:
    return a_problem(
        a_mentor("M1", offers=("policy",)),
        a_mentee("E1", seeks=("policy",)),
        a_mentee("E2", department="DfE"),
        policy=a_policy(
            expertise_overlap={"weight": 40},
            department_quota={"mentees": {"DfE": {"least": 1}}},
        ),
    )
