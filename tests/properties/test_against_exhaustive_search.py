"""On small rounds the solver finds what a search of every answer finds, down to the pairs."""

from __future__ import annotations

import hashlib
from random import Random

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.relaxation.binding_groups import side_groups, side_limits
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.coarse_lottery import draw_by
from tests.exhaustive import best_answer
from tests.in_process import solve_here
from tests.mutual_rounds import a_mutual_round
from tests.strategies import a_small_round

CHUNK = 50
IN_THE_QUICK_SUITE = 250
FEW = 2
"""So many rounds of a chunk may need an engine's word for a level: 2 of the first 1,000 do."""


chunks = [
    pytest.param(first, marks=[] if first < IN_THE_QUICK_SUITE else pytest.mark.slow)
    for first in range(0, 1_000, CHUNK)
]


@pytest.mark.parametrize("first", chunks)
def test_small_rounds_of_every_kind_agree(first: int) -> None:
    """Value of every level, the pairs themselves by the tie rule, and every level proved."""
    by_engine = 0
    for seed in range(first, first + CHUNK):
        problem = a_small_round(seed)
        result = solve_here(problem)
        _assert_agrees(problem, result, seed)
        by_engine += any(level.proof != "certified" for level in result.levels)
    assert by_engine <= FEW


@pytest.mark.parametrize("seed", [0, 2, 4, 5, 6, 9, 10, 11])
def test_rounds_of_people_who_could_mentor_each_other_agree(seed: int) -> None:
    problem = a_mutual_round(seed, people=5)
    _assert_agrees(problem, solve_here(problem), seed)


@pytest.mark.parametrize("bits", [0, 1])
@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_where_the_lottery_ties_the_smallest_list_of_pairs_wins(
    first: int, bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only over rounds whose limits are a network: elsewhere no list is searched for."""
    draw_by(monkeypatch, bits)
    networks = 0
    for seed in range(first, first + CHUNK):
        problem = a_small_round(seed)
        if not _has_side_limits(problem):
            _assert_agrees(problem, solve_here(problem), seed)
            networks += 1
    assert networks > CHUNK // 3


@pytest.mark.parametrize("seed", range(6))
def test_twelve_by_twelve_agree_with_a_table_of_all_subsets(seed: int) -> None:
    """Beyond exhaustive search: the best answer for every subset of the mentors, with all
    levels packed into one whole number, which in Python has no size to leave."""
    problem = _twelve_by_twelve(seed)
    result = solve_here(problem)
    packed = 0
    for level in result.levels:
        packed = (packed << 40) + level.value
    assert packed == _best_of_all_subsets(problem)
    assert all(level.proof == "certified" for level in result.levels)


def _assert_agrees(problem: Problem, result: MatchResult, seed: int) -> None:
    best = best_answer(problem)
    assert best is not None
    assert tuple(level.value for level in result.levels) == best.values, seed
    assert tuple((made.mentor, made.mentee) for made in result.assignments) == best.pairs, seed
    assert all(level.proved for level in result.levels), seed
    assert result.run.solve_status == "optimal"


def _has_side_limits(problem: Problem) -> bool:
    rules = choose_rules(problem.policy)
    return bool(side_groups(side_limits(problem, rules), score_pairs(problem, rules)))


def _twelve_by_twelve(seed: int) -> Problem:
    chance = Random(seed)
    words = ("leadership", "commercial", "policy", "drafting", "law", "data")
    mentors = [
        a_mentor(
            f"M{number:02}",
            grade=chance.choice(("Grade 7", "Grade 6")),
            offers=tuple(sorted(chance.sample(words, 3))),
        )
        for number in range(12)
    ]
    mentees = [
        a_mentee(
            f"E{number:02}",
            grade=chance.choice(("HEO", "SEO", "Grade 7")),
            seeks=tuple(chance.sample(words, 2)),
        )
        for number in range(12)
    ]
    policy = a_policy(grade_seniority={"min_gap": 1, "max_gap": 2}, expertise_overlap={"weight": 7})
    return a_problem(*mentors, *mentees, policy=policy)


def _best_of_all_subsets(problem: Problem) -> int:
    """One mentee after another: stays unmatched, or takes one of the mentors still free."""
    rank = {grade: place for place, grade in enumerate(problem.ladder)}
    best = {0: 0}
    for mentee in problem.mentees:
        following = dict(best)
        for place, mentor in enumerate(problem.mentors):
            if rank[mentor.grade] - rank[mentee.grade] not in (1, 2):
                continue
            first, second = mentee.learning.seeks
            offered = 2 * (first in mentor.mentoring.offers) + (second in mentor.mentoring.offers)
            draw = f"{problem.tie_salt}\x1f{mentor.reference}\x1f{mentee.reference}"
            lottery = int.from_bytes(hashlib.sha256(draw.encode()).digest()[:3])
            worth = (((1 << 40) + 7 * (1000 * offered // 3)) << 40) + lottery
            for subset, value in best.items():
                if not subset >> place & 1:
                    with_mentor = subset | 1 << place
                    following[with_mentor] = max(following.get(with_mentor, 0), value + worth)
        best = following
    return max(best.values())
