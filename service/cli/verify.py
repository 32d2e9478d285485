"""`pairwell verify`: check a result against its round, without any solver."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli import exits
from service.cli.printing import printable

if TYPE_CHECKING:
    from models.domain.result import MatchResult
    from solver.judge.verify import Verification


def verify(
    round_file: Annotated[Path, typer.Argument(metavar="ROUND", help="The round as JSON.")],
    result_file: Annotated[Path, typer.Argument(metavar="RESULT", help="The result as JSON.")],
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON.")] = False,
) -> None:
    """Check that a result obeys the round's rules and is as good as it says.

    Exit codes: 0 verified, 1 rejected, 2 invalid input. No solver is loaded.
    """
    from service.cli.round_input import read_files, read_round_file
    from solver.judge.verify import verify_result

    round_input = read_round_file(round_file)
    (content,) = read_files(result_file)
    verification = verify_result(round_input.problem, read_result(result_file, content))
    if as_json:
        _print_json(verification)
    else:
        _print(verification)
    raise typer.Exit(exits.SOLVED if verification.accepted else exits.FAILED)


def read_result(path: Path, content: bytes) -> MatchResult:
    """The result in a file's content. Raises `CommandFailed` with every problem in it."""
    from pydantic import ValidationError

    from models.domain.issue import Issue
    from models.domain.result import MatchResult
    from service.cli.round_input import invalid

    try:
        return MatchResult.model_validate_json(content, strict=True)
    except ValidationError as error:
        raise invalid(
            Issue(
                code="RESULT_INVALID",
                message=f"{path} is no result of Pairwell: {problem['msg']}",
                pointer="".join(f"/{part}" for part in problem["loc"]),
                hint="Give the JSON file that `pairwell match --output` wrote.",
            )
            for problem in error.errors(include_url=False, include_input=False)
        ) from None


def _print(verification: Verification) -> None:
    from service.wording import level_figure, level_title, proof_text

    for level in verification.levels:
        value = level_figure(level.name, level.value)
        typer.echo(f"  {level_title(level.name)}: {value}, {proof_text(level)}")
    for finding in verification.findings:
        typer.echo(f"  wrong: {printable(finding)}", err=True)
    typer.echo("Verified." if verification.accepted else "Rejected.")


def _print_json(verification: Verification) -> None:
    report = {
        "accepted": verification.accepted,
        "findings": list(verification.findings),
        "levels": [level.model_dump(mode="json") for level in verification.levels],
    }
    typer.echo(json.dumps(report, indent=2, ensure_ascii=False))
