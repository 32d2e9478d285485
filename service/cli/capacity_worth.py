"""`pairwell capacity-worth`: the recruitment list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.printing import printable
from service.cli.question_input import AsJson, ResultFile, RoundFile, questions_of

if TYPE_CHECKING:
    from models.domain.explanation import CapacityWorth

NEVER = 1.0
"""Seconds for another solve; the list needs none."""


def capacity_worth(
    round_file: RoundFile,
    result_file: ResultFile,
    top: Annotated[int, typer.Option(min=1, help="So many rows of each table.")] = 20,
    as_json: AsJson = False,
) -> None:
    """What one more place with each mentor, and one more mentor of each kind, would add.

    The stored result is enough; the round is not solved again.
    """
    worth = questions_of(round_file, result_file, NEVER).capacity_worth()
    if worth is None:
        raise CommandFailed(
            "Places are priced only where the result's prices prove it best: this result was cut "
            "short, or a limit that is no part of the network binds.",
            exits.FAILED,
        )
    if as_json:
        typer.echo(worth.model_dump_json(indent=2))
        return
    _print(worth, top)


def _print(worth: CapacityWorth, top: int) -> None:
    from solver.questions.words import gains_in_words

    typer.echo("One more place with")
    for place in worth.next_places[:top]:
        typer.echo(f"  {printable(place.mentor)}: {gains_in_words(place.gains)}")
    typer.echo("One more mentor")
    for recruit in worth.recruits[:top]:
        who = ", ".join(filter(None, (recruit.grade, recruit.region, recruit.profession)))
        typer.echo(f"  {printable(who)}: {gains_in_words(recruit.gains)}")
