"""The command as a whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

from service.cli.main import app
from tests.service.cli.commands import pairwell


def test_every_command_has_a_help_text() -> None:
    commands = [[command] for command in app.registered_commands]
    for group in app.registered_groups:
        assert group.typer_instance is not None
        commands += [[group, command] for command in group.typer_instance.registered_commands]
    assert len(commands) >= 8
    for path in commands:
        callback = path[-1].callback
        assert callback is not None
        names = [getattr(part, "name", None) or callback.__name__ for part in path]
        shown = pairwell(*names, "--help")
        assert shown.exit_code == 0
        assert (callback.__doc__ or "").split()[0] in shown.output


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
