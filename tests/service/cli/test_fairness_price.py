"""`pairwell fairness-price`, and what `match` and `verify` say of a round under a mode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A small round under `max_floor`, its result, and what the terminal said."""
    folder = tmp_path_factory.mktemp("fair")
    round_file, result_file = folder / "round.json", folder / "result.json"
    pairwell("generate", "--mentors", 8, "--mentees", 10, "--output", round_file)
    document = json.loads(round_file.read_text("utf-8"))
    document["policy"]["fairness"] = {"mode": "max_floor"}
    round_file.write_text(json.dumps(document), "utf-8")
    done = pairwell("match", round_file, "--output", result_file)
    assert done.exit_code == 0
    return round_file, result_file, done.stdout


@pytest.mark.slow
def test_the_summary_has_the_floor_the_price_and_the_blocking_pairs(
    solved: tuple[Path, Path, str],
) -> None:
    *_, said = solved
    assert "fewest points of a pair" in said
    assert "do better with each other" in said
    assert "beside the best by points alone: " in said
    assert "beside the best with as many mentees as possible first: " in said


@pytest.mark.slow
def test_asking_again_gives_the_price_that_the_result_has(solved: tuple[Path, Path, str]) -> None:
    round_file, result_file, _ = solved
    done = pairwell("fairness-price", round_file, result_file, "--json")
    stored = json.loads(result_file.read_text("utf-8"))["price_of_fairness"]
    assert json.loads(done.stdout) == stored
    lines = pairwell("fairness-price", round_file, result_file).stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "beside the best by points alone",
        "beside the best with as many mentees as possible first",
    ]


def test_such_a_result_is_verified(solved: tuple[Path, Path, str]) -> None:
    round_file, result_file, _ = solved
    done = pairwell("verify", round_file, result_file)
    assert done.exit_code == 0
    assert "fewest points of a pair" in done.stdout


def test_a_result_without_an_answer_has_no_price(
    solved: tuple[Path, Path, str], tmp_path: Path
) -> None:
    round_file, result_file, _ = solved
    result = json.loads(result_file.read_text("utf-8"))
    result["levels"] = result["assignments"] = []
    empty = tmp_path / "result.json"
    empty.write_text(json.dumps(result), "utf-8")
    done = pairwell("fairness-price", round_file, empty)
    assert done.exit_code == 1
    assert "has no price of fairness" in done.stderr
