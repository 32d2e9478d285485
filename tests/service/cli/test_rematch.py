"""`pairwell rematch`: who withdraws, who joins, and what becomes of the pairs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.service.cli.commands import pairwell, written
from tests.service.cli.solved_rounds import SolvedRound, a_solved_round


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> SolvedRound:
    """A small round with its result."""
    return a_solved_round(tmp_path_factory.mktemp("rematch"))


def test_a_withdrawal_is_told_pair_by_pair_and_the_result_is_verified(
    solved: SolvedRound, tmp_path: Path
) -> None:
    mentor, mentee = solved.pairs[0]
    output, round_output = tmp_path / "again.json", tmp_path / "round.json"
    outputs = ("--output", output, "--round-output", round_output)
    done = pairwell("rematch", *solved.files, "--withdrawn", mentor, *outputs)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(f"Of {len(solved.pairs)} earlier pairs: ")
    assert f"{mentor} with {mentee} cannot stand: {mentor} is no longer" in done.stdout
    assert pairwell("verify", round_output, output).exit_code == 0


@pytest.mark.slow
def test_json_has_the_account_the_comparison_and_the_curve(
    solved: SolvedRound, tmp_path: Path
) -> None:
    people = json.loads(solved.round_file.read_text("utf-8"))["participants"]
    mentee = next(person for person in people if "mentee" in person)
    newcomers = written(tmp_path / "new.json", [mentee | {"reference": "HR-NEW"}])
    gone = ",".join(sorted({mentor for mentor, _ in solved.pairs})[:2])
    asked = ("--withdrawn", gone, "--newcomers", newcomers, "--mode", "freeze")
    done = pairwell("rematch", *solved.files, *asked, "--curve", "--json")
    assert done.exit_code == 0, done.stdout
    told = json.loads(done.stdout)
    assert told["rematch"]["mode"] == "freeze"
    assert len(told["rematch"]["unavoidable"]) >= 2
    assert told["rematch"]["broken"] == []
    assert "HR-NEW" in {one["reference"] for one in told["comparison"]["people"]}
    kept = [point["kept"] for point in told["curve"]]
    assert kept == sorted(kept, reverse=True)


@pytest.mark.parametrize(
    "options",
    [
        ("--mode", "budget"),
        ("--mode", "priced"),
        ("--mode", "freeze", "--most", 3),
        ("--mode", "priced", "--price", 5, "--most", 3),
    ],
)
def test_a_figure_goes_with_its_mode(solved: SolvedRound, options: tuple[object, ...]) -> None:
    done = pairwell("rematch", *solved.files, *options)
    assert done.exit_code == 2
    assert "--mode budget takes --most" in done.stderr


@pytest.mark.parametrize("options", [("budget", "--most", 0), ("priced", "--price", 100)])
def test_a_budget_of_nothing_and_a_high_price_keep_every_pair(
    solved: SolvedRound, options: tuple[object, ...]
) -> None:
    done = pairwell("rematch", *solved.files, "--mode", *options, "--json")
    assert done.exit_code == 0, done.stderr
    rematch: dict[str, Any] = json.loads(done.stdout)["rematch"]
    assert len(rematch["kept"]) == len(solved.pairs)


def test_every_fault_is_told_at_once(solved: SolvedRound, tmp_path: Path) -> None:
    changes = written(tmp_path / "changes.json", [{"change": "pin"}, {"change": "capcity"}])
    done = pairwell("rematch", *solved.files, "--changes", changes)
    assert done.exit_code == 2
    assert "/changes/0/mentor" in done.stderr
    assert "/changes/1/change" in done.stderr
    unknown = pairwell("rematch", *solved.files, "--withdrawn", "X1")
    assert unknown.exit_code == 2
    assert "CHANGE_UNKNOWN_PERSON" in unknown.stderr
