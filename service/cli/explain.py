"""`pairwell explain`: why these two were paired, or all the pairs of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
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
    from models.domain.participant import Pair
    from models.domain.result import MatchResult


def explain(
    round_file: RoundFile,
    result_file: ResultFile,
    mentor: Annotated[
        str | None, typer.Argument(metavar="[MENTOR]", help="The mentor's reference.")
    ] = None,
    mentee: Annotated[
        str | None, typer.Argument(metavar="[MENTEE]", help="The mentee's reference.")
    ] = None,
    of_mentor: Annotated[
        str | None, typer.Option("--mentor", help="All pairs of this mentor.")
    ] = None,
    of_mentee: Annotated[
        str | None, typer.Option("--mentee", help="All pairs of this mentee.")
    ] = None,
    audience: For = "planner",
    time_limit: TimeLimit = 30.0,
    as_json: AsJson = False,
) -> None:
    """Why two were paired: points, reasons, how close other options come, and what forced it.

    The stored result is enough; the round is not solved again unless a limit asks for it.
    """
    from solver.questions.telling.tell import tell

    questions = questions_of(round_file, result_file, time_limit)
    result = questions.result
    chosen = _chosen(result, mentor or of_mentor, mentee or of_mentee)
    told = [questions.why(pair.mentor, pair.mentee) for pair in chosen]
    found = [why for why in told if why is not None]
    if as_json:
        typer.echo(f"[{','.join(why.model_dump_json(indent=2) for why in found)}]")
        return
    for why in found:
        first, *others = tell(why, audience, result.certificate.digest)
        typer.echo(printable(first))
        for line in others:
            typer.echo(f"  {printable(line)}")


def _chosen(result: MatchResult, mentor: str | None, mentee: str | None) -> list[Pair]:
    """The pairs of a mentor, of a mentee, or of both; `CommandFailed` where there is none."""
    if mentor is None and mentee is None:
        raise CommandFailed(
            "give a mentor and a mentee, or --mentor, or --mentee", exits.INVALID_INPUT
        )
    found = [
        pair
        for pair in result.pairs
        if mentor in (None, pair.mentor) and mentee in (None, pair.mentee)
    ]
    if not found:
        who = " and ".join(filter(None, (mentor, mentee)))
        not_paired = "are not paired" if mentor and mentee else "has no partner"
        raise CommandFailed(
            f"{who} {not_paired} in this result; ask `pairwell why-not`", exits.INVALID_INPUT
        )
    return found
