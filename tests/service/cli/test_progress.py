"""Progress on the terminal."""

from __future__ import annotations

import sys

import pytest

from models.domain.progress import Progress
from service.cli.progress import progress_text, shown_progress


def test_a_report_tells_level_value_bound_and_gap() -> None:
    report = Progress(stage="deciding", level="points", value=1000, bound=2500)
    assert progress_text(report) == "deciding · points · value 1.000 · bound 2.500 · gap 1.500"


def test_what_is_not_known_yet_is_left_out() -> None:
    assert progress_text(Progress(stage="scoring")) == "scoring"
    report = Progress(stage="relaxing", level="mentees_matched", bound=3)
    assert progress_text(report) == "relaxing · mentees with a mentor · bound 3"


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress() as on_progress:
        on_progress(Progress(stage="scoring"))
    assert capsys.readouterr().err == ""


def test_a_terminal_follows_the_solve(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with shown_progress() as on_progress:
        on_progress(Progress(stage="scoring"))
    assert "scoring" in capsys.readouterr().err
