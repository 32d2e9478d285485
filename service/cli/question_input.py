"""Questions about a stored result, from the files of a round and its result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from models.domain.problem import Problem
    from models.domain.result import MatchResult
    from solver.questions.asking import Questions

RoundFile = Annotated[Path, typer.Argument(metavar="ROUND", help="The round as JSON.")]
ResultFile = Annotated[Path, typer.Argument(metavar="RESULT", help="Its result as JSON.")]
AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]
TimeLimit = Annotated[
    float, typer.Option(min=0.1, help="Seconds for further solves, where they are needed.")
]
For = Annotated[
    Literal["planner", "participant", "auditor"],
    typer.Option("--audience", help="Who is to read it."),
]


def questions_of(round_file: Path, result_file: Path, seconds: float) -> Questions:
    """Raises `CommandFailed` with every issue where the two are no round and no result.

    `seconds` is the time for another solve, where one is needed.
    """
    from solver.questions.asking import Questions

    return Questions(*read_round_and_result(round_file, result_file), seconds)


def read_round_and_result(round_file: Path, result_file: Path) -> tuple[Problem, MatchResult]:
    """Raises `CommandFailed` with every issue where the two are no round and no result."""
    from service.cli.round_input import read_files, read_round_file
    from service.cli.verify import read_result

    round_input = read_round_file(round_file)
    (content,) = read_files(result_file)
    return round_input.problem, read_result(result_file, content)
