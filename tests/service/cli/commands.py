"""Running commands in a test, and a solver that answers at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from models.domain.result import MatchResult
from service.cli.main import app
from tests.service.spreadsheets.sheets import a_result


def pairwell(*arguments: object) -> Result:
    """What the command did, with its output and its errors apart."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def a_solver(solve_status: str = "optimal") -> Callable[..., MatchResult]:
    """A fake of `service.cli.solving.solve` that answers with the same pair every time."""
    return lambda *given: a_result(solve_status=solve_status)


def a_round_document(**changes: Any) -> dict[str, Any]:
    """The smallest round that can be solved."""
    return {
        "participants": [
            {"reference": "M1", "grade": "Grade 7", "remote": True, "mentor": {}},
            {"reference": "E1", "grade": "SEO", "remote": True, "mentee": {}},
        ],
        **changes,
    }


def written(path: Path, content: object) -> Path:
    """The path, with this content: bytes as they are, text in UTF-8, the rest as JSON."""
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path
