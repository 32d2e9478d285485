"""A small made-up round and its result as files, for commands that ask about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.service.cli.commands import pairwell


@dataclass(frozen=True)
class SolvedRound:
    """The two files, and the pairs as (mentor, mentee)."""

    round_file: Path
    result_file: Path
    pairs: tuple[tuple[str, str], ...]

    @property
    def files(self) -> tuple[Path, Path]:
        """What every question is asked of."""
        return self.round_file, self.result_file


def a_solved_round(folder: Path, document: dict[str, Any] | None = None) -> SolvedRound:
    """The round of a document, or a made-up one of 8 mentors and 10 mentees, solved in a folder."""
    round_file, result_file = folder / "round.json", folder / "result.json"
    if document is None:
        pairwell("generate", "--mentors", 8, "--mentees", 10, "--output", round_file)
    else:
        round_file.write_text(json.dumps(document), "utf-8")
    assert pairwell("match", round_file, "--output", result_file).exit_code == 0
    result = json.loads(result_file.read_text("utf-8"))
    pairs = tuple((made["mentor"], made["mentee"]) for made in result["assignments"])
    return SolvedRound(round_file, result_file, pairs)


def a_tied_round(folder: Path) -> tuple[SolvedRound, str]:
    """A round in which two mentors are alike to one mentee, and the mentor who was not drawn."""
    people = [
        *({"reference": m, "grade": "Grade 7", "remote": True, "mentor": {}} for m in ("M1", "M2")),
        {"reference": "E1", "grade": "SEO", "remote": True, "mentee": {}},
    ]
    solved = a_solved_round(folder, {"participants": people})
    return solved, {"M1": "M2", "M2": "M1"}[solved.pairs[0][0]]
