"""`pairwell override`: a round with a pin, its result, and what the pin costs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell
from tests.service.cli.solved_rounds import a_solved_round

PEOPLE = [
    {"reference": "M1", "grade": "Grade 7", "remote": True, "mentor": {"offers": ["law"]}},
    {"reference": "M2", "grade": "Grade 7", "remote": True, "mentor": {}},
    {"reference": "M3", "grade": "AA", "remote": True, "mentor": {}},
    {"reference": "E1", "grade": "SEO", "remote": True, "mentee": {"seeks": ["law"]}},
]


@pytest.mark.slow
def test_an_override_is_written_as_a_round_and_its_result(tmp_path: Path) -> None:
    solved = a_solved_round(tmp_path, {"participants": PEOPLE})
    pinned, forced = tmp_path / "pinned.json", tmp_path / "forced.json"
    outputs = ("--output", forced, "--round-output", pinned)
    done = pairwell("override", *solved.files, "M2", "E1", *outputs)
    assert done.exit_code == 0
    assert done.stdout.startswith("M2 now mentors E1: 40 fewer points.")
    assert json.loads(pinned.read_text("utf-8"))["pins"] == [{"mentor": "M2", "mentee": "E1"}]
    (record,) = json.loads(forced.read_text("utf-8"))["run"]["by_hand"]
    assert record["losses"] == {"mentees_matched": 0, "points": 40_000}
    assert pairwell("verify", pinned, forced).exit_code == 0


def test_a_pair_that_may_not_stand_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    solved = a_solved_round(tmp_path, {"participants": PEOPLE})
    pinned, forced = tmp_path / "pinned.json", tmp_path / "forced.json"
    outputs = ("--output", forced, "--round-output", pinned)
    done = pairwell("override", *solved.files, "M3", "E1", *outputs)
    assert done.exit_code == 1
    assert "M3 may not mentor E1: AA is " in done.stderr
    assert not pinned.exists()
    assert not forced.exists()
