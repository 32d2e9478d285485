"""`pairwell generate`: a made-up round."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed

MOST_PEOPLE = 500_000


def generate(
    mentors: Annotated[int, typer.Option(min=1, max=MOST_PEOPLE, help="How many mentors.")],
    mentees: Annotated[int, typer.Option(min=1, max=MOST_PEOPLE, help="How many mentees.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same round.")] = 1,
    both: Annotated[
        int, typer.Option(min=0, help="How many of the mentors are mentees as well.")
    ] = 0,
    profile: Annotated[
        str, typer.Option(help="The weight profile of the round's policy.")
    ] = "civil-service",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
) -> None:
    """Make up a round of realistic people, as JSON, from a seed."""
    from scenarios.generate import generate_round
    from service.spreadsheets.result_file import write_whole

    try:
        document = generate_round(mentors, mentees, seed, profile, both)
    except ValueError as error:
        raise CommandFailed(str(error), exits.INVALID_INPUT) from None
    text = json.dumps(document, indent=1, ensure_ascii=False)
    if output is None:
        typer.echo(text)
    else:
        write_whole(output, text.encode() + b"\n")
        typer.echo(f"Written to {output}.", err=True)
