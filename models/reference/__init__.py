"""Reference data that is shipped: the UK Civil Service's words, profiles and sample rounds."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from models.domain.programme import Programme

_DATA = resources.files(__name__)


@cache
def civil_service() -> Programme:
    """The UK Civil Service: its ladder, its words with their aliases, and its two profiles."""
    return Programme.model_validate_json(
        _DATA.joinpath("uk_civil_service.json").read_text(encoding="utf-8")
    )


def sample_files(size: Literal["small", "large"]) -> tuple[Path, Path]:
    """The mentors' and the mentees' spreadsheet of a sample round of made-up people.

    `small` has 50 people on each side, `large` 500. Both are for the profile `staff-network`.
    """
    folder = Path(str(_DATA.joinpath("samples", size)))
    return folder / "mentors.csv", folder / "mentees.csv"
