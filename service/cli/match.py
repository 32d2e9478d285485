"""`pairwell match`: the provably best pairs of a round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed

if TYPE_CHECKING:
    from models.domain.result import MatchResult
    from service.cli.round_input import RoundInput

LONGEST_SOLVE = 86_400


def match(
    round_file: Annotated[
        Path | None, typer.Argument(metavar="[ROUND]", help="A round as JSON.")
    ] = None,
    mentors: Annotated[
        Path | None, typer.Option(help="The mentors as CSV, XLSX, XLS or ODS.")
    ] = None,
    mentees: Annotated[
        Path | None, typer.Option(help="The mentees as CSV, XLSX, XLS or ODS.")
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            help="For spreadsheets: a profile's name, or a JSON file with the policy.",
            show_default="civil-service",
        ),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(help="For spreadsheets: what each heading means, as a JSON file."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write the result: .json, .csv or .xlsx.")
    ] = None,
    round_output: Annotated[
        Path | None, typer.Option(help="Write the round as JSON, for `pairwell verify`.")
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Show names and e-mails beside the references.")
    ] = False,
    time_limit: Annotated[
        float,
        typer.Option(min=0.1, max=LONGEST_SOLVE, help="Seconds for the solver, at most a day."),
    ] = 300.0,
    as_json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
) -> None:
    """Match mentors and mentees: the provably best pairs, with a reason for each.

    Exit codes: 0 solved, 1 error, 2 invalid input, 3 infeasible, 4 not proved in time.
    """
    from service.cli.outputs import check_outputs
    from service.cli.solving import solve, start_solver
    from service.spreadsheets.result_file import write_document

    options = [Path(text) for text in (policy, mapping) if text is not None]
    check_outputs(output, round_output, (round_file, mentors, mentees, *options))
    with start_solver() as process:
        given = _read(round_file, mentors, mentees, policy, mapping)
        if round_output is not None:
            write_document(round_output, given.document)
        result = solve(given.problem, time_limit, given.warnings, process)
    _show(result, given, output, names, as_json)
    raise typer.Exit(exit_code(result))


def exit_code(result: MatchResult) -> int:
    """The exit code that a result stands for."""
    return {"optimal": exits.SOLVED, "infeasible": exits.INFEASIBLE}.get(
        result.run.solve_status, exits.NOT_PROVED
    )


def _read(
    round_file: Path | None,
    mentors: Path | None,
    mentees: Path | None,
    policy: str | None,
    mapping: str | None,
) -> RoundInput:
    from service.cli.round_input import read_round_file, read_round_sheets

    for_sheets = (mentors, mentees, policy, mapping)
    if round_file is not None and not any(option is not None for option in for_sheets):
        return read_round_file(round_file)
    if round_file is None and mentors is not None and mentees is not None:
        return read_round_sheets(mentors, mentees, policy, mapping)
    raise CommandFailed(
        "give either a round as JSON, or both --mentors and --mentees "
        "(--policy and --mapping go with these)",
        exits.INVALID_INPUT,
    )


def _show(
    result: MatchResult, given: RoundInput, output: Path | None, names: bool, as_json: bool
) -> None:
    from service.cli.result_tables import print_pairs, print_summary
    from service.spreadsheets.result_file import result_json, write_result

    contacts = given.contacts if names else None
    if output is not None:
        write_result(output, result, contacts)
    if as_json:
        typer.echo(result_json(result), nl=False)
        return
    if output is None:
        print_pairs(result, contacts)
    print_summary(result)
    if output is not None:
        typer.echo(f"Written to {output}.")
