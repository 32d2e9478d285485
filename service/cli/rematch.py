"""`pairwell rematch`: a solved round matched again after people came and went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.printing import printable
from service.cli.question_input import AsJson, ResultFile, RoundFile, TimeLimit
from service.cli.what_if_answer import print_some, result_of
from service.cli.what_if_input import read_base, read_json, solver_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.domain.rematch import CurvePoint
    from scenarios.change import Change
    from scenarios.rematch.modes import RematchMode
    from scenarios.rematch.rematching import RematchAnswer

ModeName = Literal["freeze", "min_disruption", "budget", "priced"]


def rematch(
    round_file: RoundFile,
    result_file: ResultFile,
    withdrawn: Annotated[
        list[str] | None,
        typer.Option(help="Who withdraws, by reference; several times, or with commas."),
    ] = None,
    newcomers: Annotated[
        Path | None, typer.Option(help="Who joins: a JSON list of participants.")
    ] = None,
    changes: Annotated[
        Path | None, typer.Option(help="What else is different: a JSON list of changes.")
    ] = None,
    mode: Annotated[ModeName, typer.Option(help="How much a pair is worth.")] = "min_disruption",
    most: Annotated[
        int | None, typer.Option(min=0, help="For `budget`: so many breaks at most.")
    ] = None,
    price: Annotated[
        int | None, typer.Option(min=1, help="For `priced`: the points that a break must gain.")
    ] = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="Show what every pair kept costs in points.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write the new result: .json, .csv or .xlsx.")
    ] = None,
    round_output: Annotated[
        Path | None, typer.Option(help="Write the round as it was solved, for `verify`.")
    ] = None,
    top: Annotated[int, typer.Option(min=0, help="So many pairs and people are listed.")] = 20,
    time_limit: TimeLimit = 300.0,
    as_json: AsJson = False,
) -> None:
    """Match a solved round again after withdrawals and newcomers, and keep what can be kept.

    The new round is solved, audited and certified like any other. Exit codes are those of
    `pairwell match`.
    """
    from scenarios.rematch.curve import curve_of
    from scenarios.rematch.rematching import Rematching
    from scenarios.scenario import changed
    from service.cli.match import exit_code
    from service.cli.outputs import check_outputs
    from service.spreadsheets.result_file import write_document, write_result
    from solver.intake.issue_log import IssueLog

    check_outputs(output, round_output, (round_file, result_file, newcomers, changes))
    chosen = _mode(mode, most, price)
    given = _changes(withdrawn or [], newcomers, changes)
    base, earlier = read_base(round_file, result_file)
    rematching = Rematching(base, earlier, solver_within(time_limit))
    answer = rematching.ask(chosen, given)
    result = result_of(answer)
    if output is not None:
        write_result(output, result)
    if round_output is not None:
        write_document(round_output, changed(base.frozen, answer.scenario.changes, IssueLog()))
    points = curve_of(rematching, given) if curve else ()
    if as_json:
        typer.echo(json.dumps(_document(answer, points), indent=2, ensure_ascii=False))
    else:
        _print(answer, points, top)
    raise typer.Exit(exit_code(result))


def _mode(name: ModeName, most: int | None, price: int | None) -> RematchMode:
    """Raises `CommandFailed` where a mode lacks its figure, or has one of another."""
    from scenarios.rematch.modes import Budget, Freeze, MinDisruption, Priced

    if (most is not None) != (name == "budget") or (price is not None) != (name == "priced"):
        message = "--mode budget takes --most, --mode priced takes --price, and no other takes one"
        raise CommandFailed(message, exits.INVALID_INPUT)
    if most is not None:
        return Budget(most=most)
    if price is not None:
        return Priced(price=price)
    return Freeze() if name == "freeze" else MinDisruption()


def _changes(
    withdrawn: Sequence[str], newcomers: Path | None, changes: Path | None
) -> tuple[Change, ...]:
    """Raises `CommandFailed` with every issue of either list."""
    from models.domain.issue import has_errors
    from scenarios.rematch.comings import read_comings
    from service.cli.round_input import invalid

    names = [name.strip() for some in withdrawn for name in some.split(",") if name.strip()]
    joining, further = (read_json(path) if path else [] for path in (newcomers, changes))
    read, issues = read_comings(names, joining, further)
    if has_errors(issues):
        raise invalid(issues)
    return read


def _document(answer: RematchAnswer, curve: Sequence[CurvePoint]) -> dict[str, Any]:
    """What is told of the answer, for machines; the result itself goes to `--output`."""
    told = {"rematch": answer.rematch, "comparison": answer.comparison}
    return {
        "digest": answer.scenario.digest,
        "run": answer.result.run.model_dump(mode="json") if answer.result else None,
        **{name: part.model_dump(mode="json") if part else None for name, part in told.items()},
        "curve": [point.model_dump(mode="json") for point in curve],
    }


def _print(answer: RematchAnswer, curve: Sequence[CurvePoint], top: int) -> None:
    from scenarios.rematch.words import curve_line, gone_line, rematch_lines
    from scenarios.words import comparison_lines, person_line

    rematch, comparison = answer.rematch, answer.comparison
    if rematch is None or comparison is None:
        conflict = answer.result.conflict if answer.result else None
        typer.echo(printable(conflict.because if conflict else "No answer was found in time."))
        return
    for line in (*rematch_lines(rematch), *comparison_lines(comparison)):
        typer.echo(printable(line))
    print_some([gone_line(gone) for gone in rematch.unavoidable], top)
    print_some([f"{person.role} {person_line(person)}" for person in comparison.people], top)
    if curve:
        typer.echo("What every pair kept costs")
        print_some([curve_line(point) for point in curve], len(curve))
