"""`pairwell override`: make a pair by hand, whatever it costs the round."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.printing import printable
from service.cli.question_input import ResultFile, RoundFile, TimeLimit, questions_of


def override(
    round_file: RoundFile,
    result_file: ResultFile,
    mentor: Annotated[str, typer.Argument(metavar="MENTOR", help="The mentor's reference.")],
    mentee: Annotated[str, typer.Argument(metavar="MENTEE", help="The mentee's reference.")],
    output: Annotated[Path, typer.Option(help="Write the new result: .json, .csv or .xlsx.")],
    round_output: Annotated[Path, typer.Option(help="Write the round with the pin as JSON.")],
    time_limit: TimeLimit = 300.0,
) -> None:
    """Make a pair by hand: the round with the pair pinned, solved again, and what it costs.

    The new result records the override with its cost.
    """
    from service.cli.outputs import check_outputs
    from service.spreadsheets.result_file import write_document, write_result
    from solver.questions.by_hand import CannotBeChosenError
    from solver.questions.telling.tell import tell
    from solver.questions.words import losses_in_words

    check_outputs(output, round_output, (round_file, result_file))
    questions = questions_of(round_file, result_file, time_limit)
    try:
        forced = questions.override(mentor, mentee)
    except CannotBeChosenError as error:
        raise CommandFailed(" ".join(tell(error.answer, "planner")), exits.FAILED) from None
    document = json.loads(round_file.read_bytes().decode("utf-8-sig"))
    pin = {"mentor": mentor, "mentee": mentee}
    document["pins"] = [*document.get("pins", []), pin]
    write_document(round_output, document)
    write_result(output, forced.result)
    cost = losses_in_words(forced.losses)
    typer.echo(f"{printable(mentor)} now mentors {printable(mentee)}: {cost}.")
    typer.echo(f"Written to {output} and {round_output}.")
