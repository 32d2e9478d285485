"""`pairwell unmatched`, on a round that was really solved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell

Solved = tuple[Path, Path, str, str]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """A small round, its result, somebody who is left over and somebody who is not."""
    folder = tmp_path_factory.mktemp("solved")
    round_file, result_file = folder / "round.json", folder / "result.json"
    pairwell("generate", "--mentors", 5, "--mentees", 12, "--output", round_file)
    assert pairwell("match", round_file, "--output", result_file).exit_code == 0
    result = json.loads(result_file.read_text("utf-8"))
    left, paired = result["unmatched"][0]["reference"], result["assignments"][0]["mentee"]
    return round_file, result_file, left, paired


def test_everybody_left_over_is_told_of_and_where_places_are_scarce(solved: Solved) -> None:
    done = pairwell("unmatched", *solved[:2], "--top", 2)
    assert done.exit_code == 0
    assert "mentees without a mentor: " in done.stdout
    assert "more (--top, --json)" in done.stdout
    assert "Where mentees have the fewest places open to them" in done.stdout


def test_one_person_can_be_asked_about(solved: Solved) -> None:
    round_file, result_file, left, _ = solved
    done = pairwell("unmatched", round_file, result_file, left)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{left} (")


def test_the_report_and_a_person_can_be_had_as_json(solved: Solved) -> None:
    round_file, result_file, left, _ = solved
    report = json.loads(pairwell("unmatched", round_file, result_file, "--json").stdout)
    (one,) = json.loads(pairwell("unmatched", round_file, result_file, left, "--json").stdout)
    assert report["exact"] is True
    assert one in report["unmatched"]
    assert report["scarcity"][0]["role"] == "mentee"


def test_somebody_who_is_not_left_over_is_refused(solved: Solved) -> None:
    round_file, result_file, _, paired = solved
    done = pairwell("unmatched", round_file, result_file, paired)
    assert done.exit_code == 2
    assert f"{paired} is not left over in this result" in done.stderr
