"""What a planner reads of somebody left over, and of the round."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.questions.asking import Questions
from solver.questions.leftover_lines import person_lines, scarcity_lines, summary_lines
from solver.questions.words import gains_in_words, losses_in_words
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here

ONE_MORE = gains_in_words({"mentees_matched": 1})


def questions(problem: Problem) -> Questions:
    return Questions(problem, solve_here(problem))


def test_a_person_is_told_the_reason_what_it_would_take_and_what_would_help() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("finance",)),
        a_mentee("E1", seeks=("finance",), profession="Policy"),
        a_mentee("E2", profession="Policy"),
    )
    (one,) = questions(problem).why_unmatched("E2")
    assert list(person_lines(one)) == [
        "E2 (mentee): 1 eligible mentor, whose places are worth at least as much to others",
        (
            f"a mentor for them would mean {losses_in_words({'points': 40_000})}: "
            "E2 would be paired with M1 (0 points); E1 would lose M1 (40 points) and have nobody"
        ),
        "every place within reach is held by one other mentee: E1",
        "what would help:",
        ("  with one more place with M1, E2 would have a mentor, such as M1: " + ONE_MORE),
        (
            "  with one more mentor like those of Grade 7, E2 would have a mentor, such as M1: "
            + ONE_MORE
        ),
    ]


def test_where_nothing_helps_for_certain_the_nearest_is_told() -> None:
    problem = a_problem(a_mentor("M1"), *(a_mentee(f"E{n}") for n in range(3)))
    one, _ = questions(problem).unmatched().unmatched
    assert list(person_lines(one))[-1] == (
        "no single change is certain to help; what comes nearest: "
        "one more place with M1 would go to others or to them, by lot"
    )


def test_without_anybody_eligible_the_rules_in_the_way_are_told() -> None:
    problem = a_problem(
        a_mentor("M1", regions=("Wales",), department="Tax", grade="AA"),
        a_mentee("E1", department="Tax"),
        policy=a_policy("grade_seniority", "travel_region", "different_department"),
    )
    (one,) = questions(problem).why_unmatched("E1")
    first, second = person_lines(one)
    assert first.startswith("E1 (mentee): no mentor is eligible: of 1 mentor, ")
    assert second == "whichever two rules were left out, nobody further would be eligible"


def test_the_round_is_summed_up_by_role_and_reason() -> None:
    problem = a_problem(
        *(a_mentor("M1"), a_mentor("M2", grade="AA")),
        *(a_mentee("E1"), a_mentee("E2"), a_mentee("E3", grade="SCS4")),
    )
    report = questions(problem).unmatched()
    assert list(summary_lines(report)) == [
        "2 mentees without a mentor: 1 where others hold the places; 1 where no mentor is eligible",
        "1 mentor without a mentee: 1 where no mentee is eligible",
    ]
    assert len(list(scarcity_lines(report, "mentee", 1))) == 1
