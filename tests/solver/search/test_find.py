from __future__ import annotations

import pytest

from models.domain.problem import Problem
from solver.relaxation.answer import Answer
from solver.relaxation.outside import Outside
from solver.scoring.screen import Screen
from solver.search import find
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.in_process import answer_here
from tests.worlds import World


def told(problem: Problem) -> list[tuple[str, Answer]]:
    messages: list[tuple[str, Answer]] = []
    rules = World(problem).rules
    answer_here(problem, rules, lambda *message: messages.append(message))
    return messages


def test_the_first_answer_is_told_before_anything_is_relaxed() -> None:
    """Greedy, with a bound for every level, under the name of the first."""
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"))
    level, answer = told(problem)[0]
    assert level == "mentees_matched"
    assert len(answer.pairs) == 1
    assert [(stand.name, stand.solved) for stand in answer.levels] == [
        ("mentees_matched", False),
        ("points", False),
        ("lottery", False),
    ]
    assert answer.levels[0].bound == 2


def test_the_levels_are_told_in_turn() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"))
    levels = [level for level, _ in told(problem)]
    assert levels == sorted(levels, key=problem.policy.levels.index)
    assert set(levels) == set(problem.policy.levels)


@pytest.mark.parametrize("mutual", [False, True])
def test_few_pairs_are_held_only_where_no_further_limit_can_bind(
    mutual: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The linear programme prices every pair it has, so it is given all of them."""
    monkeypatch.setattr(find, "SCREEN_ABOVE", 0)
    held: list[bool] = []
    monkeypatch.setattr(find, "Outside", _noting(held))
    people = [a_person("A"), a_person("B")] if mutual else [a_mentor(), a_mentee()]
    told(a_problem(*people, policy=a_policy("one_direction")))
    assert held == [mutual]


def test_a_small_round_is_held_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    monkeypatch.setattr(find, "Outside", _noting(held))
    told(a_problem())
    assert held == [True]


def _noting(held: list[bool]) -> type[Outside]:
    """An outside that notes whether nothing is left to it."""

    class Noting(Outside):
        def __init__(self, screen: Screen | None) -> None:
            held.append(screen is None)
            super().__init__(screen)

    return Noting
