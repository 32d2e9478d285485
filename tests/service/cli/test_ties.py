"""`pairwell ties`: who would do as well, and a swap that `pairwell verify` accepts."""

from __future__ import annotations

import json
from pathlib import Path

from tests.service.cli.commands import pairwell
from tests.service.cli.solved_rounds import a_tied_round


def test_ties_are_told_in_words_and_as_json(tmp_path: Path) -> None:
    solved, other = a_tied_round(tmp_path)
    told = pairwell("ties", *solved.files, "E1").stdout
    assert told.startswith(f"E1 would be just as well paired with {other}: ")
    (ties,) = json.loads(pairwell("ties", *solved.files, "E1", "--json").stdout)
    assert [tie["mentor"] for tie in ties["tied"]] == [other]


def test_a_swap_within_a_tie_is_written_and_verified(tmp_path: Path) -> None:
    solved, other = a_tied_round(tmp_path)
    swapped = tmp_path / "swapped.json"
    done = pairwell("ties", *solved.files, "--swap", other, "E1", "--output", swapped)
    assert done.exit_code == 0
    result = json.loads(swapped.read_text("utf-8"))
    assert [(a["mentor"], a["mentee"]) for a in result["assignments"]] == [(other, "E1")]
    assert result["run"]["tie_rule"] == "chosen"
    assert [choice["kind"] for choice in result["run"]["by_hand"]] == ["tie_choice"]
    assert pairwell("verify", solved.round_file, swapped).exit_code == 0


def test_a_pair_that_is_no_tie_is_not_swapped(tmp_path: Path) -> None:
    solved, _ = a_tied_round(tmp_path)
    swapped = tmp_path / "swapped.json"
    made = solved.pairs[0][0]
    done = pairwell("ties", *solved.files, "--swap", made, "E1", "--output", swapped)
    assert done.exit_code == 1
    assert "no choice among equals" in done.stderr
    assert not swapped.exists()


def test_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    solved, other = a_tied_round(tmp_path)
    assert pairwell("ties", *solved.files).exit_code == 2
    assert pairwell("ties", *solved.files, "--swap", other, "E1").exit_code == 2
    assert pairwell("ties", *solved.files, "nobody").exit_code == 2
