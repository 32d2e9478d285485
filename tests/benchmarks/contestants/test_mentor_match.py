"""The rival as it is run. Left out where the group `benchmarks` is not installed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from models.reference import sample_files

pytest.importorskip("matching.process", reason="the dependency group `benchmarks` is not installed")


def test_the_usual_run_gives_up_to_three_mentors_to_49_of_50_mentees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from benchmarks.contestants import mentor_match

    output = tmp_path / "answer.json"
    mentors, _ = sample_files("small")
    monkeypatch.setattr(sys, "argv", ["mentor_match", str(mentors.parent), str(output)])
    mentor_match.main()
    made = json.loads(output.read_text())["assignments"]
    mentees = [pair["mentee"] for pair in made]
    assert (len(made), len(set(mentees))) == (105, 49)
    assert max(map(mentees.count, mentees)) == 3
