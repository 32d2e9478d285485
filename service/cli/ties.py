"""`pairwell ties`: who would be just as good a partner, and swapping within a tie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.printing import printable
from service.cli.question_input import AsJson, ResultFile, RoundFile, TimeLimit, questions_of

if TYPE_CHECKING:
    from models.domain.why import Ties
    from solver.questions.asking import Questions


def ties(
    round_file: RoundFile,
    result_file: ResultFile,
    reference: Annotated[
        str | None, typer.Argument(metavar="[REFERENCE]", help="A mentor's or a mentee's.")
    ] = None,
    swap: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="MENTOR MENTEE", help="Make this pair, which must be tied."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="With --swap: write the new result as JSON.")
    ] = None,
    time_limit: TimeLimit = 30.0,
    as_json: AsJson = False,
) -> None:
    """Who would be just as good: at every level but the lottery, with everybody who would move.

    `--swap` makes such a pair in place of the lottery's choice; the result records it.
    """
    questions = questions_of(round_file, result_file, time_limit)
    if swap is not None:
        _swap(questions, swap, output, (round_file, result_file))
    elif reference is not None:
        _print(_of(questions, reference), as_json)
    else:
        raise CommandFailed("give a reference, or --swap MENTOR MENTEE", exits.INVALID_INPUT)


def _of(questions: Questions, reference: str) -> list[Ties]:
    """Somebody's ties in every role they have in the round."""
    person = questions.problem.by_reference.get(reference)
    found = []
    if person is not None and person.mentee and person.mentee.wants:
        found.append(questions.ties(reference, "mentee"))
    if person is not None and person.mentor and person.mentor.capacity:
        found.append(questions.ties(reference, "mentor"))
    if not found:
        raise CommandFailed(
            f"{reference} is neither a mentor nor a mentee of this round", exits.INVALID_INPUT
        )
    return found


def _print(found: list[Ties], as_json: bool) -> None:
    from solver.questions.telling.tell import tell

    if as_json:
        typer.echo(f"[{','.join(ties.model_dump_json(indent=2) for ties in found)}]")
        return
    for one in found:
        for line in tell(one, "planner"):
            typer.echo(printable(line))


def _swap(
    questions: Questions, pair: tuple[str, str], output: Path | None, inputs: tuple[Path, ...]
) -> None:
    from service.cli.outputs import check_outputs
    from service.spreadsheets.result_file import write_result
    from solver.questions.by_hand import CannotBeChosenError
    from solver.questions.telling.tell import tell

    if output is None:
        raise CommandFailed("--swap needs --output for the new result", exits.INVALID_INPUT)
    check_outputs(output, None, inputs)
    try:
        result = questions.tie_choice(*pair)
    except CannotBeChosenError as error:
        because = " ".join(tell(error.answer, "planner"))
        raise CommandFailed(f"this is no choice among equals: {because}", exits.FAILED) from None
    write_result(output, result)
    typer.echo(f"{printable(pair[0])} now mentors {printable(pair[1])}, at no cost.")
    typer.echo(f"Written to {output}.")
