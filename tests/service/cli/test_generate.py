"""`pairwell generate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenarios.generate import generate_round
from tests.service.cli.commands import pairwell


def test_the_round_goes_to_the_output() -> None:
    done = pairwell("generate", "--mentors", 2, "--mentees", 3, "--seed", 7, "--both", 1)
    assert done.exit_code == 0
    assert json.loads(done.stdout) == generate_round(2, 3, seed=7, both=1)


def test_the_round_goes_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "round.json"
    done = pairwell("generate", "--mentors", 2, "--mentees", 3, "--output", path)
    assert done.stdout == ""
    assert json.loads(path.read_text("utf-8")) == generate_round(2, 3, seed=1)


@pytest.mark.parametrize(
    "options",
    [
        ("--mentors", 0, "--mentees", 3),
        ("--mentors", "many", "--mentees", 3),
        ("--mentors", 10**12, "--mentees", 3),
        ("--mentors", 2, "--mentees", 3, "--both", 3),
        ("--mentors", 2, "--mentees", 3, "--profile", "no"),
        ("--mentors", 2, "--mentees", 3, "--seed", "x"),
    ],
)
def test_what_cannot_be_made_is_invalid_input(options: tuple[object, ...]) -> None:
    assert pairwell("generate", *options).exit_code == 2


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = pairwell("generate", "--mentors", 1, "--mentees", 1, "--output", tmp_path / "a" / "b")
    assert done.exit_code == 1
    assert "No such file or directory" in done.stderr
