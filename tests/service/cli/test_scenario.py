"""`pairwell scenario`: what a list of changes would make of a round."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.service.cli.commands import pairwell


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small round with its result."""
    folder = tmp_path_factory.mktemp("scenario")
    round_file, result_file = folder / "round.json", folder / "result.json"
    pairwell("generate", "--mentors", 6, "--mentees", 9, "--output", round_file)
    assert pairwell("match", round_file, "--output", result_file).exit_code == 0
    return round_file, result_file


def test_a_withdrawal_is_told_person_by_person(solved: tuple[Path, Path], tmp_path: Path) -> None:
    mentor = _first_pair(solved)["mentor"]
    done = _asked(solved, tmp_path, [{"change": "remove_person", "reference": mentor}])
    assert done.exit_code == 0
    said = done.stdout.splitlines()
    assert said[0] == f"If {mentor} withdraws"
    assert said[1].startswith("In all: ")
    assert "fewer" in said[1]
    assert f"  mentor {mentor} left and has nobody (before: " in done.stdout


@pytest.mark.slow
def test_json_has_the_comparison_the_address_and_what_caused_what(
    solved: tuple[Path, Path], tmp_path: Path
) -> None:
    pair = _first_pair(solved)
    changes = [
        {"change": "bar", "mentor": pair["mentor"], "mentee": pair["mentee"]},
        {"change": "weights", "weights": {"expertise_overlap": 60}},
    ]
    done = _asked(solved, tmp_path, changes, "--json", "--attribute")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["changes"] == changes
    assert len(told["digest"]) == 64
    assert told["run"]["solve_status"] == "optimal"
    assert {"mentor": pair["mentor"], "mentee": pair["mentee"]} in told["comparison"]["ended"]
    effects = told["attribution"]["effects"]
    points = next(x for x in told["comparison"]["levels"] if x["name"] == "points")
    shared = sum(effect["shares"]["points"] for effect in effects)
    assert shared == told["attribution"]["parts"] * points["difference"]


def test_the_scenario_s_result_is_written_and_verified(
    solved: tuple[Path, Path], tmp_path: Path
) -> None:
    round_file, _ = solved
    document = json.loads(round_file.read_text("utf-8"))
    output = tmp_path / "scenario.json"
    weights = {"expertise_overlap": 60}
    _asked(solved, tmp_path, [{"change": "weights", "weights": weights}], "--output", output)
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(document | {"policy": document["policy"] | {"weights": weights}}))
    assert pairwell("verify", changed, output).exit_code == 0


def test_every_fault_of_the_changes_is_told_at_once(
    solved: tuple[Path, Path], tmp_path: Path
) -> None:
    unreadable = _asked(solved, tmp_path, [{"change": "pin"}, {"change": "capcity"}])
    assert unreadable.exit_code == 2
    assert "/changes/0/mentor" in unreadable.stderr
    assert "/changes/1/change" in unreadable.stderr
    unmade = _asked(solved, tmp_path, [{"change": "remove_person", "reference": "X1"}])
    assert unmade.exit_code == 2
    assert "CHANGE_UNKNOWN_PERSON" in unmade.stderr


def _asked(solved: tuple[Path, Path], folder: Path, changes: list[Any], *options: object) -> Result:
    file = folder / "changes.json"
    file.write_text(json.dumps(changes), "utf-8")
    return pairwell("scenario", *solved, file, *options)


def _first_pair(solved: tuple[Path, Path]) -> Any:
    return json.loads(solved[1].read_text("utf-8"))["assignments"][0]
