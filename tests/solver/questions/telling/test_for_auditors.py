"""Auditors get every figure, in whole units, and the certificate to check them by."""

from __future__ import annotations

from solver.questions.asking import Questions
from solver.questions.telling.tell import tell
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here

PROBLEM = a_problem(
    a_mentor("M1", offers=("law",)),
    a_mentor("M2"),
    a_mentee("E1", seeks=("law",)),
    policy=a_policy("grade_seniority", expertise_overlap={"weight": 40}),
)


def test_a_pair_is_told_in_thousandths_with_the_digest() -> None:
    result = solve_here(PROBLEM)
    why = Questions(PROBLEM, result).why("M1", "E1")
    assert why is not None
    assert tell(why, "auditor", result.certificate.digest) == (
        "mentor M1, mentee E1: points 40000",
        "expertise_overlap: weight 40 x value 1000 = 40000 of 40000",
        "checked: different_person, grade_seniority",
        "mentee rank 1 of 2",
        "mentor rank 1 of 1",
        "margin 40000",
        "forced by only_option",
        f"certificate {result.certificate.digest}",
    )


def test_a_price_is_told_level_by_level_and_move_by_move() -> None:
    answer = Questions(PROBLEM, solve_here(PROBLEM)).why_not("M2", "E1")
    assert tell(answer, "auditor", "d") == (
        "mentor M2, mentee E1: dominated",
        "points 0",
        "loses mentees_matched 0, points 40000",
        "mentee E1 from ['M1'] to ['M2']: loses mentees_matched 0, points 40000",
        "from another solve: no",
        "certificate d",
    )
