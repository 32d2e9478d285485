from __future__ import annotations

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.rulebook import choose_rules
from solver.scoring import ceilings
from solver.scoring.ceilings import Ceilings, joined_places
from solver.scoring.scoreboard import class_blocks
from solver.scoring.threshold import Threshold
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def reaching(problem: Problem, points: float) -> int:
    """How many ceilings reach so many points."""
    rules = choose_rules(problem.policy)
    made = Ceilings(problem, rules, list(class_blocks(problem, rules)))
    asked = Threshold(np.full(len(problem.mentors), points), np.zeros(len(problem.mentees)))
    return len(joined_places(made.reaching([asked]))[0])


def test_a_rule_without_a_ceiling_counts_in_full_for_everybody() -> None:
    """Departments are not multiplied; who differs is found out when the pair is scored."""
    problem = a_problem(
        a_mentor(department="HMRC", profession="Law"),
        a_mentee("E1", department="HMRC", profession="Law"),
        a_mentee("E2", department="MOD"),
        policy=a_policy(cross_department={"weight": 4}, profession_match={"weight": 3}),
    )
    assert [reaching(problem, points) for points in (4_000, 4_001, 7_000, 7_001)] == [2, 1, 1, 0]


def test_blocks_are_multiplied_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [*(a_mentor(f"M{n}") for n in range(7)), *(a_mentee(f"E{n}") for n in range(5))]
    problem = a_problem(*people)
    whole = reaching(problem, 0)
    for name in ("ROWS", "COLUMNS", "PRODUCTS_AT_ONCE"):
        monkeypatch.setattr(ceilings, name, 2)
    assert reaching(problem, 0) == whole == 35


def test_words_that_share_a_column_only_lift_the_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = a_problem(
        a_mentor("M1", profession="Law"),
        a_mentor("M2", profession="Tax"),
        a_mentee(profession="Law"),
        policy=a_policy(profession_match={"weight": 1}),
    )
    assert reaching(problem, 1_000) == 1
    monkeypatch.setattr("solver.encoding.MOST_COLUMNS", 1)
    assert reaching(problem, 1_000) == 2
