"""`pairwell why-not`: why these two were not paired, and what pairing them would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.printing import printable
from service.cli.question_input import (
    AsJson,
    For,
    ResultFile,
    RoundFile,
    TimeLimit,
    questions_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.domain.explanation import WhyNot
    from models.domain.why import Audience, Counterfactual


def why_not(
    round_file: RoundFile,
    result_file: ResultFile,
    mentor: Annotated[str, typer.Argument(metavar="MENTOR", help="The mentor's reference.")],
    mentee: Annotated[str, typer.Argument(metavar="MENTEE", help="The mentee's reference.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Solve the round again with the pair forced.")
    ] = False,
    counterfactual: Annotated[
        bool,
        typer.Option("--counterfactual", help="The smallest change of one weight that pairs them."),
    ] = False,
    audience: For = "planner",
    time_limit: TimeLimit = 30.0,
    as_json: AsJson = False,
) -> None:
    """Why a mentor was not given a mentee: the exact loss, and who would have to move.

    The stored result is enough; the round is not solved again unless a limit asks for it.
    """
    questions = questions_of(round_file, result_file, time_limit)
    answers: list[WhyNot | Counterfactual] = [questions.why_not(mentor, mentee, verify=verify)]
    if counterfactual:
        answers.append(questions.counterfactual(mentor, mentee))
    if as_json:
        _print_json(answers)
    else:
        _print(answers, audience, questions.result.certificate.digest)


def _print_json(answers: Sequence[WhyNot | Counterfactual]) -> None:
    """The answer, or with a counterfactual a list of both."""
    told = [answer.model_dump_json(indent=2, exclude_defaults=True) for answer in answers]
    typer.echo(told[0] if len(told) == 1 else f"[{','.join(told)}]")


def _print(answers: Sequence[WhyNot | Counterfactual], audience: Audience, digest: str) -> None:
    from solver.questions.telling.tell import tell

    for answer in answers:
        for line in tell(answer, audience, digest):
            typer.echo(printable(line))
