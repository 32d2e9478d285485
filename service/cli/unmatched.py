"""`pairwell unmatched`: why people are left over, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.printing import printable
from service.cli.question_input import AsJson, ResultFile, RoundFile, questions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.domain.leftover import UnmatchedReport
    from solver.questions.asking import Questions

NEVER = 1.0
"""Seconds for another solve; these answers need none."""


def unmatched(
    round_file: RoundFile,
    result_file: ResultFile,
    reference: Annotated[
        str | None, typer.Argument(metavar="[REFERENCE]", help="One person's reference.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="So many people, and rows of each table.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Why people have nobody, or fewer than they want, and what would help them for certain.

    The stored result is enough; the round is not solved again.
    """
    questions = questions_of(round_file, result_file, NEVER)
    if reference is not None:
        _one(questions, reference, as_json)
        return
    report = questions.unmatched()
    if as_json:
        typer.echo(report.model_dump_json(indent=2, exclude_defaults=True))
        return
    _everybody(report, top)


def _one(questions: Questions, reference: str, as_json: bool) -> None:
    from solver.questions.leftover_lines import person_lines
    from solver.questions.leftover_words import NOT_PROVED

    answers = questions.why_unmatched(reference)
    if not answers:
        raise CommandFailed(f"{reference} is not left over in this result.", exits.INVALID_INPUT)
    if as_json:
        told = ", ".join(one.model_dump_json(exclude_defaults=True) for one in answers)
        typer.echo(f"[{told}]")
        return
    for one in answers:
        _print(person_lines(one))
    if questions.forcing is None:
        typer.echo(NOT_PROVED)


def _everybody(report: UnmatchedReport, top: int) -> None:
    from solver.questions.leftover_lines import person_lines, scarcity_lines, summary_lines

    for line in summary_lines(report):
        typer.echo(printable(line))
    everybody = (*report.unmatched, *report.short)
    for one in everybody[:top]:
        typer.echo("")
        _print(person_lines(one))
    if len(everybody) > top:
        typer.echo(f"\nand {len(everybody) - top:,} more (--top, --json)")
    for role in ("mentee", "mentor"):
        typer.echo(f"\nWhere {role}s have the fewest places open to them")
        for line in scarcity_lines(report, role, top):
            typer.echo(f"  {printable(line)}")


def _print(lines: Iterable[str]) -> None:
    """The first line, and the others under it."""
    for number, line in enumerate(lines):
        typer.echo(f"{'  ' if number else ''}{printable(line)}")
