"""Another solve for one answer says what any solve says, but for the tie rule."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.questions.solving import solve_untied
from solver.search.clock import Clock
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here
from tests.strategies import a_small_round


def before_the_tie_rule(problem: Problem) -> list[tuple[str, int, bool]]:
    return [(v.name, v.value, v.proved) for v in solve_here(problem).levels[:-1]]


def told(problem: Problem) -> list[tuple[str, int, bool]]:
    solved = solve_untied(problem, Clock(60.0))
    assert solved.run.solve_status == "optimal"
    return [(v.name, v.value, v.proved) for v in solved.levels if v.name != "lottery"]


def test_a_small_round_is_solved_here() -> None:
    for seed in range(20):
        problem = a_small_round(seed)
        assert told(problem) == before_the_tie_rule(problem)


def test_a_round_under_further_limits_is_solved_in_a_process_of_its_own() -> None:
    problem = a_problem(
        a_mentor("M1", department="Tax"),
        a_mentor("M2"),
        a_mentee("E1"),
        policy=a_policy(department_quota={"mentors": {"Tax": {"least": 1}}}),
    )
    assert told(problem) == before_the_tie_rule(problem)


def test_pins_that_cannot_all_stand_leave_no_answer() -> None:
    problem = a_problem(
        *(a_mentor("A", person="P"), a_mentee("B", person="P")),
        *(a_mentor("C", person="Q"), a_mentee("D", person="Q")),
        policy=a_policy("one_direction"),
        pins=[("A", "D"), ("C", "B")],
    )
    solved = solve_untied(problem, Clock(60.0))
    assert solved.run.solve_status == "infeasible"
