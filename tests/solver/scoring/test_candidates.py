from __future__ import annotations

import numpy as np

from models.domain.problem import Problem
from solver.rulebook import choose_rules
from solver.scoring.candidates import CandidatePairs, KnownPairs, Scorer, joined
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def a_scorer(problem: Problem) -> Scorer:
    return Scorer(problem, choose_rules(problem.policy))


def test_a_block_is_read_mentee_by_mentee_and_a_list_in_its_order() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), a_mentee("E2"))
    scorer = a_scorer(problem)
    block = scorer.in_block(np.array([1, 0]), np.array([0, 1]))
    assert block.mentors.tolist() == [1, 0, 1, 0]
    assert block.mentees.tolist() == [0, 0, 1, 1]
    listed = scorer.among(np.array([1, 0, 1]), np.array([1, 0, 0]))
    assert (listed.mentors.tolist(), listed.mentees.tolist()) == ([1, 0, 1], [1, 0, 0])


def test_pairs_below_a_floor_are_no_candidates() -> None:
    problem = a_problem(
        a_mentor(offers=("law",)),
        a_mentor("M2"),
        a_mentee(seeks=("law",)),
        policy=a_policy(expertise_overlap={"weight": 3}, quality_floor={"points": 1}),
    )
    scorer = a_scorer(problem)
    assert scorer.in_block(np.array([0, 1]), np.array([0])).points.tolist() == [3_000]
    assert scorer.refused() is None


def test_what_is_refused_is_listed_once_whichever_rules_refuse_it() -> None:
    problem = a_problem(
        a_mentor("M1", avoids=("E1",)),
        a_mentor("M2"),
        a_mentee("E1", previous_pairs=("M1",)),
        a_mentee("E2"),
        policy=a_policy("barred_pairs", "previous_pairs"),
    )
    refused = a_scorer(problem).refused()
    assert refused is not None
    mentors, mentees = ([p.reference for p in side] for side in (problem.mentors, problem.mentees))
    listed = zip(*(side.tolist() for side in refused), strict=True)
    assert [(mentors[m], mentees[e]) for m, e in listed] == [("M1", "E1")]


def test_a_rule_that_cannot_list_what_it_refuses_leaves_it_unknown() -> None:
    problem = a_problem(a_mentor(), a_mentee(), policy=a_policy("different_department"))
    assert a_scorer(problem).refused() is None


def test_known_pairs_are_told_from_new_ones() -> None:
    pairs = CandidatePairs(np.array([0, 2]), np.array([1, 0]), np.array([5, 5]))
    some = CandidatePairs(np.array([0, 0, 2, 2]), np.array([0, 1, 0, 1]), np.zeros(4))
    assert KnownPairs(pairs, 2).lacks(some).tolist() == [True, False, False, True]
    assert KnownPairs(joined(), 2).lacks(some).all()


def test_a_waived_pin_is_a_candidate_in_a_list_and_in_no_block() -> None:
    """Blocks pass over whole classes of people, so it is added to them by whoever lists them."""
    policy = a_policy("grade_seniority", expertise_overlap={"weight": 3})
    problem = a_problem(
        a_mentor("M1", grade="AA", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        policy=policy.model_copy(update={"waivable": ("grade_seniority",)}),
        pins=[("M1", "E1")],
    )
    scorer, one = a_scorer(problem), np.array([0])
    assert scorer.waived.points.tolist() == [3_000]
    assert len(scorer.in_block(one, one)) == 0
    assert scorer.among(one, one).points.tolist() == [3_000]
    assert len(scorer.among(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))) == 0


def test_a_pin_that_fails_a_rule_that_is_not_waived_is_no_candidate() -> None:
    policy = a_policy("grade_seniority", "different_department")
    problem = a_problem(
        a_mentor("M1", grade="AA", department="DfE"),
        a_mentee("E1", department="DfE"),
        policy=policy.model_copy(update={"waivable": ("grade_seniority",)}),
        pins=[("M1", "E1")],
    )
    assert len(a_scorer(problem).waived) == 0
