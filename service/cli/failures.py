"""The one place that turns what can go wrong into a message and an exit code."""

from __future__ import annotations

import functools
import json
import os
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec

import typer

from service.cli import exits
from service.cli.printing import print_issues, printable

if TYPE_CHECKING:
    from models.domain.issue import Issue

Parameters = ParamSpec("Parameters")

TRACEBACK_VARIABLE = "PAIRWELL_TRACEBACK"


class CommandFailed(Exception):  # noqa: N818 - it is what happened, as in a sentence
    """A command cannot do what it was asked: why, and the exit code that says so."""

    def __init__(
        self, message: str, code: int = exits.FAILED, issues: Sequence[Issue] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.issues = tuple(issues)


def guarded(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """The command, ending in a message and an exit code whatever happens.

    A command with a parameter `as_json` that is set gives the failure as JSON instead.
    """

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            command(*args, **kwargs)
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(exits.INTERRUPTED) from None
        except BrokenPipeError:
            _close_output()
            raise typer.Exit(exits.FAILED) from None
        except CommandFailed as failure:
            raise _ended(failure, as_json) from None
        except Exception as error:
            raise _ended(_explained(error), as_json) from None

    return run


def _ended(failure: CommandFailed, as_json: bool) -> typer.Exit:
    if as_json:
        issues = [issue.model_dump(mode="json") for issue in failure.issues]
        report: dict[str, Any] = {"error": failure.message, "exit_code": failure.code}
        typer.echo(json.dumps({**report, "issues": issues}, indent=2))
    else:
        typer.echo(f"Error: {printable(failure.message)}", err=True)
        print_issues(failure.issues)
    return typer.Exit(failure.code)


def _explained(error: Exception) -> CommandFailed:
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    from service.errors import DatabaseUnavailable, Refusal

    if isinstance(error, DatabaseUnavailable):
        return CommandFailed(f"the database cannot be used: {_reason(error)}", issues=error.issues)
    if isinstance(error, DBAPIError):
        return CommandFailed(f"the database cannot be used: {error.orig}")
    if isinstance(error, CommandError):
        return CommandFailed(f"the database cannot be migrated: {error}", exits.INVALID_INPUT)
    if isinstance(error, Refusal):
        return CommandFailed("this cannot be done as asked", exits.INVALID_INPUT, error.issues)
    if isinstance(error, OSError) and error.strerror:
        return CommandFailed(f"{error.filename or 'the system'}: {error.strerror}")
    if os.environ.get(TRACEBACK_VARIABLE):
        traceback.print_exception(error)
    return CommandFailed(
        f"this is a fault in Pairwell, not in your input: {type(error).__name__}: {error} "
        f"(set {TRACEBACK_VARIABLE}=1 to see where)"
    )


def _reason(error: Exception) -> str:
    """What the driver said, which whoever runs a command may read."""
    cause = error.__cause__ or error
    return f"{getattr(cause, 'orig', None) or cause}" or type(cause).__name__


def _close_output() -> None:
    """Whoever read the output has gone; Python must not try to write the rest at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
