from __future__ import annotations

import pytest
from pydantic import ValidationError

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.answers.conflicts import conflict_in_words
from solver.fairness.stable import Stable
from solver.judge.audit import AuditRejectedError
from solver.judge.claims import Claim
from solver.judge.verify import verify_result
from solver.questions.asking import Questions
from solver.report import RunFacts, report
from solver.rulebook import choose_rules
from solver.search.first_answer import NoAnswerError
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here


def a_round(epsilon: int = 0, pins: tuple[tuple[str, str], ...] = ()) -> Problem:
    """M1 and E1 are worth 3,000 to each other, M1 and E2 1,998, M2 and E1 999; no other pair may
    be. As many pairs as possible are made by leaving the best of them out."""
    return a_problem(
        a_mentor("M1", grade="SCS1", offers=("law", "data", "policy")),
        a_mentor("M2", grade="Grade 7", offers=("law",)),
        a_mentee("E1", grade="Grade 6", seeks=("law", "data", "policy")),
        a_mentee("E2", grade="Grade 7", seeks=("law", "data", "drafting")),
        policy=a_policy(
            "barred_pairs",
            expertise_overlap={"weight": 3, "ranked": False},
            fairness=Stable(epsilon=epsilon),
        ),
        bars=[("M2", "E2")],
        pins=pins,
    )


def pairs_of(problem: Problem) -> list[tuple[str, str]]:
    return [(made.mentor, made.mentee) for made in solve_here(problem).assignments]


@pytest.mark.parametrize(
    ("epsilon", "pairs"),
    [
        (0, [("M1", "E1")]),
        (1001, [("M1", "E1")]),
        (1002, [("M1", "E2"), ("M2", "E1")]),
        (5000, [("M1", "E2"), ("M2", "E1")]),
    ],
)
def test_two_who_both_gain_more_than_epsilon_are_paired_whatever_it_costs(
    epsilon: int, pairs: list[tuple[str, str]]
) -> None:
    """M1 gains 1,002 points by E1, and E1 gains 2,001 by M1: the lesser gain decides."""
    assert pairs_of(a_round(epsilon)) == pairs


def test_an_answer_that_a_pair_blocks_is_rejected() -> None:
    problem = a_round()
    claims = [Claim(name=s.name, prices=s.prices) for s in solve_here(problem).certificate.levels]
    pairs = [Pair(mentor="M1", mentee="E2"), Pair(mentor="M2", mentee="E1")]
    with pytest.raises(AuditRejectedError) as error:
        report(problem, choose_rules(problem.policy), pairs, claims, RunFacts())
    assert error.value.breaches == (
        (
            "M1 and E1 are not paired, and each of them has a free place or would gain more than "
            "0 points by it"
        ),
    )


def test_a_tampered_result_is_rejected_by_the_judge() -> None:
    """The pairs of another answer, which one pair blocks, with everything else put right."""
    loose, strict = a_round(1002), a_round(1001)
    result = solve_here(loose)
    run = result.run.model_copy(update={"problem_digest": strict.digest})
    (finding,) = verify_result(strict, result.model_copy(update={"run": run})).findings
    assert finding.startswith("M1 and E1 are not paired")


def test_a_pin_that_leaves_no_stable_answer_is_in_conflict_with_the_mode() -> None:
    with pytest.raises(NoAnswerError) as error:
        solve_here(a_round(pins=(("M2", "E1"),)))
    assert error.value.conflict is not None
    assert conflict_in_words(error.value.conflict).because == (
        "no pairs can keep all of these together: "
        "the fairness mode stable and the pin of M2 with E1"
    )


def test_no_residual_network_speaks_for_a_stable_answer() -> None:
    problem = a_round(5000)
    result = solve_here(problem)
    assert all(level.proof == "certified" for level in result.levels)
    assert Questions(problem, result).forcing is None


@pytest.mark.parametrize("settings", [{"epsilon": -1}, {"epsilon": 1.0}, {"epsilon": True}])
def test_epsilon_is_a_whole_number_of_points(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Stable.model_validate(settings)
