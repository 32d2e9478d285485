"""A run that went otherwise, or that answered another round."""

from __future__ import annotations

from models.domain.base import digest_of
from models.domain.problem import Problem
from tests.mutations.finding import Json


def an_optimal_run_is_said_to_be_feasible(result: Json, problem: Problem) -> None:
    result["run"]["solve_status"] = "feasible"


def the_round_is_said_to_be_infeasible(result: Json, problem: Problem) -> None:
    result["run"]["solve_status"] = "infeasible"


def the_salt_is_another(result: Json, problem: Problem) -> None:
    result["run"]["tie_salt"] += "0"


def the_tie_rule_is_another(result: Json, problem: Problem) -> None:
    result["run"]["tie_rule"] = "deterministic"


def the_problem_is_another(result: Json, problem: Problem) -> None:
    result["run"]["problem_digest"] = digest_of("another problem")


def a_run_that_came_to_its_end_is_said_to_be_cut_short(result: Json, problem: Problem) -> None:
    result["run"]["stopped_by"] = "time_limit"


def a_run_has_another_status(result: Json, problem: Problem) -> None:
    result["run"]["status"] = "failed"


def a_run_is_said_not_to_be_reproducible(result: Json, problem: Problem) -> None:
    result["run"]["reproducible"] = False
