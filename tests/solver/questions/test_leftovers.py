"""Why unmatched: what an answer carries for each reason."""

from __future__ import annotations

import pytest

from models.domain.leftover import Remedy, WhyUnmatched
from models.domain.problem import Problem
from solver.questions.asking import Questions
from solver.questions.words import gains_in_words, losses_in_words
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.in_process import solve_here


def why(problem: Problem, reference: str) -> WhyUnmatched:
    (one,) = Questions(problem, solve_here(problem)).why_unmatched(reference)
    return one


def kinds(one: WhyUnmatched) -> dict[str, list[Remedy]]:
    return {
        kind: [remedy for remedy in one.remedies if remedy.kind == kind]
        for kind in {remedy.kind for remedy in one.remedies}
    }


def one_place_for_two() -> Problem:
    """E1 seeks what M1 offers; E2 half of it."""
    return a_problem(
        a_mentor("M1", offers=("leadership",)),
        a_mentee("E1", seeks=("leadership",)),
        a_mentee("E2", seeks=("finance", "leadership")),
        policy=a_policy("grade_seniority", expertise_overlap={"weight": 40}),
    )


def test_where_places_are_contended_the_answer_says_what_one_would_cost_and_whom() -> None:
    one = why(one_place_for_two(), "E2")
    assert one.reason == "contention"
    assert one.contention is not None
    assert one.contention.losses == {"mentees_matched": 0, "points": 26_680}
    assert one.contention.change is not None
    assert [move.reference for move in one.contention.change.moves] == ["E2", "E1"]
    assert one.contention.competing == ("E1",)
    assert one.contention.scarcity is None


def test_the_next_place_of_a_mentor_is_a_remedy_for_whom_it_is() -> None:
    (place,) = kinds(why(one_place_for_two(), "E2"))["next_place"]
    assert (place.mentor, place.partner) == ("M1", "M1")
    assert place.gains == {"mentees_matched": 1, "points": 13_320}
    assert place.because == (
        "with one more place with M1, E2 would have a mentor, such as M1: "
        + gains_in_words(place.gains)
    )


def test_a_recruit_like_the_mentors_of_a_segment_is_a_remedy() -> None:
    (recruit,) = kinds(why(one_place_for_two(), "E2"))["recruit"]
    assert recruit.segment is not None
    assert (recruit.segment.grade, recruit.partner) == ("Grade 7", "M1")
    assert recruit.gains == {"mentees_matched": 1, "points": 13_320}


def test_who_would_be_given_the_next_place_by_lot_hears_so() -> None:
    problem = a_problem(a_mentor("M1"), *(a_mentee(f"E{n}") for n in range(3)))
    left = Questions(problem, solve_here(problem)).unmatched().unmatched
    assert [one.remedies for one in left] == [(), ()]
    assert all(one.nearest.endswith("by lot") for one in left)


def test_who_would_be_outdone_for_the_next_place_hears_by_whom() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("finance",)),
        *(a_mentee(name, seeks=("finance",)) for name in ("E1", "E2")),
        a_mentee("E3"),
    )
    report = Questions(problem, solve_here(problem)).unmatched()
    (third,) = (one for one in report.unmatched if one.reference == "E3")
    (second,) = (one for one in report.unmatched if one.reference != "E3")
    assert third.nearest == (
        f"one more place with M1 would go to {second.reference}: with them instead, "
        + losses_in_words({"points": 40_000})
    )


def test_without_anybody_eligible_the_smallest_waivers_are_told() -> None:
    """M1 is too junior; M2 also lives elsewhere; M3 is of the same department and elsewhere."""
    problem = a_problem(
        a_mentor("M1", grade="AA", regions=("Wales",), department="Tax"),
        a_mentor("M2", grade="AA", regions=("London",), department="Tax"),
        a_mentor("M3", regions=("London",), department="Work"),
        a_mentee("E1", regions=("Wales",), department="Work"),
        policy=a_policy("grade_seniority", "travel_region", "different_department"),
    )
    one = why(problem, "E1")
    assert one.reason == "no_eligible_mentor"
    assert one.waivers == (("grade_seniority",), ("different_department", "travel_region"))
    (waiver,) = kinds(one)["waive"]
    assert (waiver.rules, waiver.partner) == (("grade_seniority",), "M1")
    assert waiver.because == (
        "were grade seniority waived for E1, they would have a mentor, such as M1 "
        "(AA is four grades below SEO, and the mentor should be at least one grade above): "
        f"{gains_in_words(waiver.gains)}"
    )


def test_where_one_rule_is_not_enough_two_are_waived() -> None:
    problem = a_problem(
        a_mentor("M1", grade="AA", regions=("London",)),
        a_mentee("E1", regions=("Wales",)),
        policy=a_policy("grade_seniority", "travel_region"),
    )
    (waiver,) = kinds(why(problem, "E1"))["waive"]
    assert waiver.rules == ("grade_seniority", "travel_region")


def test_a_floor_is_lowered_no_further_than_to_the_best_pair() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("finance",)),
        a_mentor("M2"),
        a_mentee("E1", seeks=("finance", "policy")),
        policy=a_policy(quality_floor={"points": 30_000}, expertise_overlap={"weight": 40}),
    )
    one = why(problem, "E1")
    assert one.reason == "below_quality_floor"
    (lower,) = kinds(one)["lower_floor"]
    assert (lower.floor, lower.partner) == (26_640, "M1")


def test_a_mentor_without_mentees_has_the_same_and_mentees_to_recruit() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("finance",)),
        a_mentor("M2", offers=("policy",)),
        a_mentee("E1", seeks=("finance",)),
        a_mentee("E2", grade="SCS4", seeks=("policy",)),
    )
    one = why(problem, "M2")
    found = kinds(one)
    assert one.reason == "contention"
    assert one.contention is not None
    assert one.contention.competing == ("M1",)
    assert [remedy.partner for remedy in found["waive"]] == ["E2"]
    assert "next_place" not in found


def test_a_mentee_with_fewer_mentors_than_they_want_has_remedies_too() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("finance",)),
        a_mentor("M2", grade="AA", offers=("finance",)),
        a_mentee("E1", wants=2, seeks=("finance",)),
    )
    one = why(problem, "E1")
    assert (one.got, one.wanted) == (1, 2)
    assert [remedy.rules for remedy in kinds(one)["waive"]] == [("grade_seniority",)]


def test_a_remedy_that_would_break_a_limit_is_left_out() -> None:
    """P2 mentors P1, so waiving the grades between P1 and P2 the other way round is no help."""
    problem = a_problem(
        a_person("P1", mentor={"offers": ("finance",)}, grade="SEO"),
        a_person("P2", mentee={"seeks": ("finance",)}, grade="Grade 7"),
        policy=a_policy("one_direction", "grade_seniority"),
    )
    report = Questions(problem, solve_here(problem)).unmatched()
    assert report.exact
    assert {one.reference for one in report.unmatched} == {"P1", "P2"}
    assert not [r for one in report.unmatched for r in one.remedies if r.kind == "waive"]


def test_where_the_prices_do_not_prove_the_result_nothing_exact_is_said() -> None:
    problem = a_problem(
        *(a_mentor("M1", department="Tax"), a_mentor("M2", department="Tax")),
        *(a_mentee("E1"), a_mentee("E2")),
        a_mentee("E3", grade="SCS4"),
        policy=a_policy("grade_seniority", department_quota={"mentors": {"Tax": {"most": 1}}}),
    )
    report = Questions(problem, solve_here(problem)).unmatched()
    assert not report.exact
    assert "do not prove it best" in report.note
    told = {one.reference: one for one in report.unmatched}
    assert told["E3"].waivers == (("grade_seniority",),)
    assert not any(one.remedies or one.contention for one in report.unmatched)
    assert {one.reason for one in report.unmatched} == {"quota", "no_eligible_mentor"}


def test_nobody_is_asked_about_who_is_not_left_over() -> None:
    problem = one_place_for_two()
    assert Questions(problem, solve_here(problem)).why_unmatched("E1") == ()


@pytest.mark.parametrize("reference", ["E2", "M2"])
def test_one_person_hears_what_the_report_says_of_them(reference: str) -> None:
    problem = a_problem(
        *(a_mentor("M1"), a_mentor("M2", grade="AA")),
        *(a_mentee("E1"), a_mentee("E2")),
        pins=[("M1", "E1")],
    )
    questions = Questions(problem, solve_here(problem))
    of_all = {one.reference: one for one in questions.unmatched().unmatched}
    assert questions.why_unmatched(reference) == (of_all[reference],)
