"""The command `pairwell`."""

from __future__ import annotations

import sys

import typer

from service.cli.failures import guarded
from service.cli.generate import generate
from service.cli.match import match
from service.cli.verify import verify

app = typer.Typer(
    name="pairwell",
    help="Match mentors and mentees: provably best pairs, with a reason for each.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("match")(guarded(match))
app.command("generate")(guarded(generate))
app.command("verify")(guarded(verify))


def run() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character is no reason to fail.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app()
