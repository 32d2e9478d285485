"""Who would be just as good a partner, where the prices prove the answer and where they do not."""

from __future__ import annotations

from models.domain.explanation import WhyNot
from models.domain.problem import Problem
from solver.questions.asking import Questions
from solver.questions.options import Option
from solver.questions.ties import MOST_SOLVES, ties_of
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here


def three_alike() -> Problem:
    return a_problem(*(a_mentor(f"M{n}") for n in (1, 2, 3)), a_mentee("E1"))


def test_every_partner_that_costs_nothing_is_a_tie() -> None:
    problem = three_alike()
    result = solve_here(problem)
    ties = Questions(problem, result).ties("E1", "mentee")
    chosen = result.assignments[0].mentor
    assert {tie.mentor for tie in ties.tied} == {"M1", "M2", "M3"} - {chosen}
    assert ties.complete


def test_a_mentors_ties_are_mentees() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"))
    result = solve_here(problem)
    (tie,) = Questions(problem, result).ties("M1", "mentor").tied
    assert {tie.mentee, result.assignments[0].mentee} == {"E1", "E2"}


def test_a_partner_who_costs_something_is_none() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentor("M2"),
        a_mentee("E1", seeks=("law",)),
        policy=a_policy(expertise_overlap={"weight": 1}),
    )
    assert Questions(problem, solve_here(problem)).ties("E1", "mentee").tied == ()


def test_without_prices_only_so_many_partners_are_asked_about_and_that_is_said() -> None:
    options = [Option(f"M{n}", "E1", 0, made=n == 0) for n in range(MOST_SOLVES + 2)]

    def ask(mentor: str, mentee: str) -> WhyNot:
        return WhyNot(mentor=mentor, mentee=mentee, verdict="dominated", because="", verified=True)

    assert ties_of(None, ask, options[: MOST_SOLVES + 1], "E1", "mentee").complete
    assert not ties_of(None, ask, options, "E1", "mentee").complete


def test_what_was_not_worked_out_in_time_leaves_the_ties_incomplete() -> None:
    options = [Option("M1", "E1", 0, made=True), Option("M2", "E1", 0, made=False)]

    def ask(mentor: str, mentee: str) -> WhyNot:
        return WhyNot(mentor=mentor, mentee=mentee, verdict="unknown", because="")

    ties = ties_of(None, ask, options, "E1", "mentee")
    assert (ties.tied, ties.complete) == ((), False)
