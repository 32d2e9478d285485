"""What what-if questions are asked of: the files of a round, its result and a list of changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.domain.problem import Problem
    from models.domain.result import MatchResult
    from scenarios.scenario import BaseRound
    from scenarios.what_if import SolveFrom


def read_base(round_file: Path, result_file: Path) -> tuple[BaseRound, MatchResult]:
    """Raises `CommandFailed` with every issue where the two are no round and no result."""
    from models.reference import civil_service
    from scenarios.scenario import BaseRound
    from service.cli.round_input import read_files, read_round_file
    from service.cli.verify import read_result

    given = read_round_file(round_file)
    (content,) = read_files(result_file)
    base = BaseRound(given.document, given.problem, civil_service())
    return base, read_result(result_file, content)


def solver_within(seconds: float) -> SolveFrom:
    """Solves each round in a process of its own, in so many seconds."""
    from solver.limits import Limits
    from solver.solve import solve_matching

    def solve(problem: Problem, start: MatchResult) -> MatchResult:
        return solve_matching(problem, Limits(seconds=seconds), start=start)

    return solve


def read_json(path: Path) -> object:
    """The file's value; raises `CommandFailed` with the issue where it is no JSON."""
    from models.domain.issue import has_errors
    from service.cli.round_input import invalid, read_files
    from solver.intake import read_document

    (content,) = read_files(path)
    raw, unreadable = read_document(content)
    if has_errors(unreadable):
        raise invalid(unreadable)
    return raw
