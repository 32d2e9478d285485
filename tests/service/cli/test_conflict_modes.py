"""Pins that collide, or fail rules, from the terminal, with the true solver."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.service.cli.commands import pairwell, written


def a_document(mode: str, **policy: Any) -> dict[str, Any]:
    """A mentor below two mentees, pinned to both with one place."""
    people = [{"reference": f"E{n}", "grade": "SEO", "remote": True, "mentee": {}} for n in (1, 2)]
    return {
        "policy": {"on_conflict": mode, **policy},
        "participants": [
            {"reference": "M1", "grade": "AA", "remote": True, "mentor": {}},
            {"reference": "M2", "grade": "Grade 7", "remote": True, "mentor": {}},
            *people,
        ],
        "pins": [{"mentor": "M1", "mentee": f"E{n}"} for n in (1, 2)],
    }


def matched(folder: Path, document: dict[str, Any]) -> tuple[str, Path, Path]:
    """What is shown, and the files of the round and of its result."""
    round_file, result_file = written(folder / "round.json", document), folder / "result.json"
    shown = pairwell("match", round_file)
    assert shown.exit_code == 0, shown.output
    assert pairwell("match", round_file, "--output", result_file).exit_code == 0
    return " ".join(shown.output.split()), round_file, result_file


def test_dropped_pins_are_shown_and_the_result_is_verified(tmp_path: Path) -> None:
    shown, *files = matched(tmp_path, a_document("drop", off=["grade_seniority"]))
    assert "dropped pin" in shown
    assert "M1 has places for 1, which the pins with" in shown
    assert "pins kept 1 1 certified optimal" in shown
    assert pairwell("verify", *files).exit_code == 0


def test_waived_rules_are_shown_and_the_result_is_verified(tmp_path: Path) -> None:
    document = a_document("waive", waivable=["grade_seniority"])
    del document["pins"][1]
    shown, *files = matched(tmp_path, document)
    assert "AA is four grades below SEO" in shown
    assert pairwell("verify", *files).exit_code == 0


@pytest.mark.parametrize("hidden", ["waived_pins", "dropped_pins"])
def test_a_result_that_hides_what_became_of_a_pin_is_rejected(tmp_path: Path, hidden: str) -> None:
    document = a_document("drop")
    if hidden == "waived_pins":
        document = a_document("waive", waivable=["grade_seniority"])
        del document["pins"][1]
    _, round_file, result_file = matched(tmp_path, document)
    result = json.loads(result_file.read_text("utf-8"))
    assert result[hidden]
    written(result_file, result | {hidden: []})
    assert pairwell("verify", round_file, result_file).exit_code == 1


def test_without_a_mode_such_pins_are_refused(tmp_path: Path) -> None:
    done = pairwell("match", written(tmp_path / "round.json", a_document("reject")))
    assert done.exit_code == 2
    assert "M1" in done.output
