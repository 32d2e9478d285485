"""`pairwell scenario`: what would be if the round were another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.printing import printable
from service.cli.question_input import AsJson, ResultFile, RoundFile, TimeLimit
from service.cli.what_if_answer import print_some, result_of
from service.cli.what_if_input import read_base, read_json, solver_within

if TYPE_CHECKING:
    from models.domain.comparison import Attribution
    from scenarios.change import Change
    from scenarios.what_if import ScenarioAnswer


def scenario(
    round_file: RoundFile,
    result_file: ResultFile,
    changes_file: Annotated[
        Path, typer.Argument(metavar="CHANGES", help="The changes as a JSON list, in their order.")
    ],
    attribute: Annotated[
        bool, typer.Option("--attribute", help="Which change causes what, by further solves.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write the scenario's result: .json, .csv or .xlsx.")
    ] = None,
    top: Annotated[int, typer.Option(min=0, help="So many people are listed.")] = 20,
    time_limit: TimeLimit = 300.0,
    as_json: AsJson = False,
) -> None:
    """What a list of changes would make of a round, level by level and person by person.

    The changed round is solved, audited and certified like any other. Exit codes are those of
    `pairwell match`.
    """
    from scenarios.what_if import WhatIf
    from service.cli.match import exit_code
    from service.cli.outputs import check_outputs
    from service.spreadsheets.result_file import write_result

    check_outputs(output, None, (round_file, result_file, changes_file))
    what_if = WhatIf(*read_base(round_file, result_file), solver_within(time_limit))
    changes = _read_changes(changes_file)
    answer = what_if.ask(changes)
    result = result_of(answer)
    if output is not None:
        write_result(output, result)
    effects = what_if.attribute(changes) if attribute else None
    if as_json:
        typer.echo(json.dumps(_document(answer, effects), indent=2, ensure_ascii=False))
    else:
        _print(answer, effects, top)
    raise typer.Exit(exit_code(result))


def _read_changes(path: Path) -> tuple[Change, ...]:
    """Raises `CommandFailed` with every issue where the file lists no changes."""
    from models.domain.issue import has_errors
    from scenarios.reading import read_changes
    from service.cli.round_input import invalid

    changes, issues = read_changes(read_json(path))
    if has_errors(issues):
        raise invalid(issues)
    return changes


def _document(answer: ScenarioAnswer, effects: Attribution | None) -> dict[str, Any]:
    assert answer.result is not None  # noqa: S101  asked for before
    assert answer.comparison is not None  # noqa: S101  with a result comes a comparison
    return {
        "digest": answer.scenario.digest,
        "changes": [change.given() for change in answer.scenario.changes],
        "run": answer.result.run.model_dump(mode="json"),
        "comparison": answer.comparison.model_dump(mode="json"),
        "attribution": effects.model_dump(mode="json") if effects else None,
    }


def _print(answer: ScenarioAnswer, effects: Attribution | None, top: int) -> None:
    from scenarios.words import comparison_lines, effect_lines, person_line

    for change in answer.scenario.changes:
        typer.echo(f"If {printable(change.told())}")
    result, comparison = answer.result, answer.comparison
    assert result is not None  # noqa: S101  asked for before
    assert comparison is not None  # noqa: S101  with a result comes a comparison
    if result.conflict is not None:
        typer.echo(printable(result.conflict.because))
        return
    for line in comparison_lines(comparison):
        typer.echo(printable(line))
    print_some([f"{person.role} {person_line(person)}" for person in comparison.people], top)
    if effects is not None:
        typer.echo("Which change causes what")
        for line in effect_lines(effects):
            typer.echo(f"  {printable(line)}")
