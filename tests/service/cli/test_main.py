"""The command as a whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from service.cli import exits
from service.cli.main import app
from tests.service.cli.commands import pairwell

ROOT = Path(__file__).parents[3]


def typed(command: Callable[..., object]) -> str:
    """A command's name as people type it."""
    return command.__name__.replace("_", "-")


def test_every_command_has_a_help_text() -> None:
    commands = [[command] for command in app.registered_commands]
    for group in app.registered_groups:
        assert group.typer_instance is not None
        commands += [[group, command] for command in group.typer_instance.registered_commands]
    assert len(commands) >= 8
    for path in commands:
        callback = path[-1].callback
        assert callback is not None
        names = [getattr(part, "name", None) or typed(callback) for part in path]
        shown = pairwell(*names, "--help")
        assert shown.exit_code == 0
        assert (callback.__doc__ or "").split()[0] in shown.output


def test_every_command_and_exit_code_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"`pairwell {typed(command.callback)}" in page
    for group in app.registered_groups:
        assert f"`pairwell {group.name} " in page
    for name, code in vars(exits).items():
        if isinstance(code, int):
            assert f"| {code} |" in page, name


def test_without_arguments_it_shows_its_commands() -> None:
    assert "match" in pairwell().output


def test_an_unknown_option_is_invalid_input() -> None:
    assert pairwell("match", "--gurk").exit_code == 2


@pytest.mark.parametrize(
    "heavy", ["ortools", "numpy", "pydantic", "litestar", "sqlalchemy", "rich"]
)
def test_starting_up_imports_nothing_heavy(heavy: str) -> None:
    script = f"import sys, service.cli.main; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_an_output_that_nobody_reads_ends_the_command_quietly() -> None:
    """As in `pairwell generate … | head -1`."""
    script = "from service.cli.main import run; run()"
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, "generate", "--mentors", "9", "--mentees", "9"],
            check=False,
            stdout=writing,
            stderr=subprocess.PIPE,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")
