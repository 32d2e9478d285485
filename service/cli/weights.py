"""`pairwell weights`: what a round says of the weights of its soft objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.printing import printable
from service.cli.question_input import (
    AsJson,
    ResultFile,
    RoundFile,
    TimeLimit,
    read_round_and_result,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.domain.problem import Problem
    from solver.rule import Objective


def stability(
    round_file: RoundFile,
    result_file: ResultFile,
    weight: Annotated[
        list[str] | None, typer.Option(help="Only these soft objectives; several times.")
    ] = None,
    time_limit: TimeLimit = 300.0,
    as_json: AsJson = False,
) -> None:
    """In which interval of each weight the pairs stay the best, and what each weight decides.

    The round is solved with other weights until both edges are found. Exit code 4 where the time
    was too short for some edge.
    """
    from scenarios.weights.stability import NotOptimalError, Stabilities, solver_within
    from scenarios.weights.words import stability_line

    problem, result = read_round_and_result(round_file, result_file)
    asked = _objectives(problem, weight or [])
    try:
        asking = Stabilities(problem, result, solver_within(time_limit))
    except NotOptimalError:
        message = "the result is not proved optimal, so nobody can say where it stays so"
        raise CommandFailed(message, exits.NOT_PROVED) from None
    found = asking.some(asked) if asked else asking.all_weights()
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        for one in found.weights:
            typer.echo(printable(stability_line(one, found.points)))
    is_proved = all(one.proved for one in found.weights)
    raise typer.Exit(exits.SOLVED if is_proved else exits.NOT_PROVED)


def _objectives(problem: Problem, names: Sequence[str]) -> list[Objective]:
    """Raises `CommandFailed` where a name is no soft objective's."""
    from solver.questions.changed_rounds import weighable

    known = weighable(problem)
    unknown = [name for name in names if name not in known]
    if unknown:
        message = f"no soft objective is called {', '.join(unknown)}; there are {', '.join(known)}"
        raise CommandFailed(message, exits.INVALID_INPUT)
    return [known[name] for name in names]
