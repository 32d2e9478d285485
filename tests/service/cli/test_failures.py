"""No failure reaches the user as a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import typer

from models.domain.issue import Issue
from service.cli import exits
from service.cli.failures import TRACEBACK_VARIABLE, CommandFailed, guarded
from service.errors import RoundRefused

ISSUE = Issue(code="UNKNOWN_GRADE", message="no such grade", hint="Did you mean G7?", pointer="/x")


def ended(raises: BaseException, *, as_json: bool = False) -> int:
    """The exit code of a command that raises this."""

    def command(as_json: bool = False) -> None:
        raise raises

    with pytest.raises(typer.Exit) as exit_:
        guarded(command)(as_json=as_json)
    return exit_.value.exit_code


def test_a_command_that_succeeds_is_left_alone() -> None:
    done: list[str] = []
    command: Callable[[str], None] = guarded(done.append)
    command("work")
    assert done == ["work"]


def test_a_failure_is_told_with_its_issues_and_hints(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(CommandFailed("no round", exits.INVALID_INPUT, [ISSUE])) == 2
    told = capsys.readouterr().err
    assert told == (
        "Error: no round\n  error UNKNOWN_GRADE: /x: no such grade\n      Did you mean G7?\n"
    )


def test_a_failure_is_json_where_that_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(CommandFailed("no round", 2, [ISSUE]), as_json=True) == 2
    report = json.loads(capsys.readouterr().out)
    assert report["error"] == "no round"
    assert report["exit_code"] == 2
    assert report["issues"][0]["code"] == "UNKNOWN_GRADE"


def test_a_refusal_of_the_service_is_invalid_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(RoundRefused([ISSUE])) == exits.INVALID_INPUT
    assert "UNKNOWN_GRADE" in capsys.readouterr().err


def test_an_interrupt_ends_with_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_failure_of_the_system_is_told_by_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(PermissionError(13, "Permission denied", "result.json")) == 1
    assert capsys.readouterr().err == "Error: result.json: Permission denied\n"


def test_a_fault_of_ours_is_owned_up_to(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TRACEBACK_VARIABLE, raising=False)
    assert ended(ZeroDivisionError("division by zero")) == 1
    told = capsys.readouterr().err
    assert "fault in Pairwell" in told
    assert "Traceback" not in told


def test_a_developer_can_ask_for_the_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRACEBACK_VARIABLE, "1")
    ended(ZeroDivisionError("division by zero"))
    assert "Traceback" in capsys.readouterr().err
