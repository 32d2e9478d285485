"""The one place that calls the solver."""

from __future__ import annotations

from models.domain.issue import Issue
from service.cli.solving import solve, start_solver
from tests.builders import a_problem


def test_a_problem_is_solved_in_a_process_started_before() -> None:
    with start_solver() as process:
        result = solve(a_problem(), seconds=60, process=process)
    assert [(made.mentor, made.mentee) for made in result.assignments] == [("M1", "E1")]
    assert result.run.solve_status == "optimal"


def test_the_result_repeats_the_warnings() -> None:
    warning = Issue(code="UNKNOWN_EXPERTISE", message="odd", severity="warning")
    assert solve(a_problem(), 60, [warning]).issues == (warning,)
