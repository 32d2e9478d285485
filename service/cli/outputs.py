"""Where a command may write: what could not be written at its end is refused at its beginning."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from service.cli import exits
from service.cli.failures import CommandFailed


def check_outputs(
    output: Path | None, round_output: Path | None, inputs: Collection[Path | None]
) -> None:
    """CommandFailed where an output has the wrong ending or no folder, or where it would take
    the place of an input or of the other output."""
    from service.spreadsheets.result_file import RESULT_WRITERS

    if output is not None:
        _check_output("--output", output, tuple(RESULT_WRITERS), inputs)
    if round_output is not None:
        _check_output("--round-output", round_output, (".json",), inputs)
    if (
        output is not None
        and round_output is not None
        and output.resolve() == round_output.resolve()
    ):
        raise _refused(f"--output and --round-output are both {output}; give them two files")


def _check_output(
    option: str, path: Path, endings: tuple[str, ...], inputs: Collection[Path | None]
) -> None:
    if path.suffix.lower() not in endings:
        one_of = "one of " if len(endings) > 1 else ""
        raise _refused(f"{option} {path} must end in {one_of}{', '.join(endings)}")
    if not path.parent.is_dir():
        raise _refused(f"there is no folder {path.parent}")
    if any(given is not None and given.resolve() == path.resolve() for given in inputs):
        raise _refused(f"{option} {path} is one of the files to read; give it another name")


def _refused(message: str) -> CommandFailed:
    return CommandFailed(message, exits.INVALID_INPUT)
