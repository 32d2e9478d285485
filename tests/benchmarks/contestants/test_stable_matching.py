"""The stable matching as it is stated. Left out where its dependency group is not installed."""

from __future__ import annotations

import math

import pytest

from benchmarks.scored_round import ScoredRound
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

pytest.importorskip("matching.games", reason="the group `stable-matching` is not installed")


def test_who_likes_each_other_best_is_paired_though_a_mentee_is_left_with_nobody() -> None:
    """E1 could go to M2 and leave M1, who alone is senior enough, to E2."""
    from benchmarks.contestants.stable_matching import stable_matching

    problem = a_problem(
        a_mentor("M1", profession="Policy", grade="SCS1"),
        a_mentor("M2", profession="Legal", grade="Grade 6"),
        a_mentee("E1", profession="Policy", grade="SEO"),
        a_mentee("E2", profession="Legal", grade="Grade 6"),
        policy=a_policy("grade_seniority", profession_match={"weight": 15}),
    )
    pairs = score_pairs(problem, choose_rules(problem.policy))
    chosen = stable_matching(ScoredRound(problem, pairs, math.inf)).pairs
    assert [problem.mentors[m].reference for m in chosen.mentors.tolist()] == ["M1"]
    assert [problem.mentees[e].reference for e in chosen.mentees.tolist()] == ["E1"]
