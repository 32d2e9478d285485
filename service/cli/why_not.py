"""`pairwell why-not`: why these two were not paired, and what pairing them would cost."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.printing import printable
from service.cli.question_input import AsJson, ResultFile, RoundFile, questions_of


def why_not(
    round_file: RoundFile,
    result_file: ResultFile,
    mentor: Annotated[str, typer.Argument(metavar="MENTOR", help="The mentor's reference.")],
    mentee: Annotated[str, typer.Argument(metavar="MENTEE", help="The mentee's reference.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Solve the round again with the pair forced.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds for another solve, where one is needed.")
    ] = 30.0,
    as_json: AsJson = False,
) -> None:
    """Why a mentor was not given a mentee: the exact loss, and who would have to move.

    The stored result is enough; the round is not solved again unless a limit asks for it.
    """
    questions = questions_of(round_file, result_file, time_limit)
    answer = questions.why_not(mentor, mentee, verify=verify)
    if as_json:
        typer.echo(answer.model_dump_json(indent=2, exclude_defaults=True))
        return
    typer.echo(f"{printable(mentor)} and {printable(mentee)}: {answer.verdict.replace('_', ' ')}")
    typer.echo(f"  {printable(answer.because)}")
