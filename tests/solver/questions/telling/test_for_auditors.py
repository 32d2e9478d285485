"""Auditors get every figure, in whole units, and the certificate to check them by."""

from __future__ import annotations

from models.domain.explanation import Change, Interval, WhyNot
from models.domain.participant import Pair
from models.domain.result import Check, FunnelStep, Unmatched
from models.domain.why import Counterfactual, Tie, Ties, WeightChange
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


def test_ties_weights_and_people_left_over_are_told_by_figures() -> None:
    change = Change(losses={"points": 0}, moves=())
    ties = Ties(reference="E1", role="mentee", tied=(Tie(mentor="M2", mentee="E1", change=change),))
    assert tell(ties, "auditor")[:2] == ("tied: mentor M2, mentee E1", "loses points 0")
    pair = Pair(mentor="M2", mentee="E1")
    up = WeightChange(rule="shared_region", today=10, needed=12)
    found = Counterfactual(pair=pair, status="unknown", change=up, ruled_out_below=2, solves=7)
    assert tell(found, "auditor")[:3] == (
        "mentor M2, mentee E1: unknown after 7 solves",
        "shared_region: weight 10 to 12",
        "ruled out below 2",
    )
    step = FunnelStep(rule="travel_region", left=0, back_without=3)
    left = Unmatched(
        reference="E1", role="mentee", reason="no_eligible_mentor", because="", funnel=(step,)
    )
    assert tell(left, "auditor")[:2] == (
        "mentee E1: no_eligible_mentor, got 0, wanted 1",
        "travel_region: 0 left, 3 without it alone",
    )


def test_refusals_pins_and_intervals_are_told_by_figures() -> None:
    answer = WhyNot(
        mentor="M2",
        mentee="E1",
        verdict="unknown",
        because="",
        checks=(Check(rule="travel_region", because=""),),
        pins=(Pair(mentor="M2", mentee="E2"),),
        interval=Interval(least={"points": 1}, most={"points": 3}),
    )
    assert tell(answer, "auditor")[1:5] == (
        "fails travel_region",
        "pin: mentor M2, mentee E2",
        "loses at least points 1",
        "loses at most points 3",
    )
