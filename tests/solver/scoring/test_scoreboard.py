from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules
from solver.scoring import scoreboard
from solver.scoring.scoreboard import CandidatePairs, candidate_blocks, joined, score_pairs
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.strategies import a_small_round, small_rounds

MANY = settings(max_examples=200, deadline=None, derandomize=True)


def listed(problem: Problem, pairs: CandidatePairs) -> list[tuple[str, str, int]]:
    return [
        (problem.mentors[m].reference, problem.mentees[e].reference, points)
        for m, e, points in zip(pairs.mentors, pairs.mentees, pairs.points.tolist(), strict=True)
    ]


def spoken(problem: Problem) -> list[tuple[str, str, int]]:
    """The candidate pairs by the rules' plain voices."""
    found = candidate_pairs(problem, choose_rules(problem.policy))
    return sorted((m.reference, e.reference, points) for m, e, points in found)


@MANY
@given(problem=small_rounds())
def test_the_pairs_and_points_are_those_of_the_plain_voices(problem: Problem) -> None:
    pairs = score_pairs(problem, choose_rules(problem.policy))
    assert sorted(listed(problem, pairs)) == spoken(problem)


@pytest.mark.parametrize("cells", [1, 2, 3, 7])
def test_blocks_of_any_size_hold_the_same_pairs(
    cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No pair is lost between two blocks or found in both; no block is larger than asked."""
    monkeypatch.setattr(scoreboard, "CELLS_IN_A_BLOCK", cells)
    for seed in range(60):
        problem = a_small_round(seed)
        blocks = list(candidate_blocks(problem, choose_rules(problem.policy)))
        assert sorted(listed(problem, joined(*blocks))) == spoken(problem)
        assert all(len(block) <= max(cells, len(problem.mentors)) for block in blocks)


def test_the_order_of_the_pairs_depends_on_the_problem_alone() -> None:
    for seed in range(20):
        problem = a_small_round(seed)
        again = Problem.model_validate_json(problem.model_dump_json())
        one, other = (score_pairs(p, choose_rules(p.policy)) for p in (problem, again))
        assert listed(problem, one) == listed(again, other)


def test_blocks_that_no_grade_can_fill_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten grades of mentees, of which a mentor at Grade 7 may take one."""
    ladder = ("AA", "AO", "EO", "HEO", "SEO", "Grade 7")
    policy = a_policy(grade_seniority={"min_gap": 1, "max_gap": 1})
    mentees = [a_mentee(f"E{n}", grade=grade) for n, grade in enumerate(ladder)]
    problem = a_problem(a_mentor("M1"), *mentees, policy=policy, ladder=ladder)
    blocks = list(candidate_blocks(problem, choose_rules(policy)))
    assert [len(block) for block in blocks] == [1]


def test_points_of_the_largest_weights_fit() -> None:
    """Every objective that a pair can wholly meet, at weight 100."""
    policy = a_policy(
        **{
            name: {"weight": 100}
            for name in ("expertise_overlap", "profession_match", "shared_region", "keep_pairs")
        }
    )
    fields = {"profession": "Legal", "home_region": "Wales"}
    problem = a_problem(
        a_mentor(offers=("law",), **fields),
        a_mentee(seeks=("law",), **fields),
        policy=policy,
        earlier=[("M1", "E1")],
    )
    assert score_pairs(problem, choose_rules(policy)).points.tolist() == [400_000]


@pytest.mark.parametrize("people", [(a_mentor(),), (a_mentee(),), (a_mentor(capacity=0),)])
def test_a_round_with_nobody_on_a_side_has_no_pairs(people: tuple) -> None:
    problem = a_problem(*people)
    pairs = score_pairs(problem, choose_rules(problem.policy))
    assert len(pairs) == 0
    assert pairs.points.dtype == np.int32


def test_pairs_are_chosen_by_mask_or_by_place() -> None:
    pairs = CandidatePairs(*(np.array([3, 5, 7], dtype=np.int32) for _ in range(3)))
    by_mask = pairs.where(np.array([True, False, True]))
    by_place = pairs.where(np.array([0, 2]))
    assert by_mask.mentors.tolist() == by_place.mentors.tolist() == [3, 7]
    assert len(by_mask) == 2
