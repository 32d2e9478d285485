"""`pairwell verify`, on rounds that were really solved."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.cli.commands import a_round_document, pairwell, written


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small round and its result."""
    folder = tmp_path_factory.mktemp("solved")
    round_file, result_file = folder / "round.json", folder / "result.json"
    pairwell("generate", "--mentors", 8, "--mentees", 10, "--output", round_file)
    assert pairwell("match", round_file, "--output", result_file).exit_code == 0
    return round_file, result_file


def test_a_true_result_is_verified(solved: tuple[Path, Path]) -> None:
    done = pairwell("verify", *solved)
    assert done.exit_code == 0
    assert "certified optimal" in done.stdout
    assert "Verified." in done.stdout


def test_a_result_that_claims_more_is_rejected(solved: tuple[Path, Path], tmp_path: Path) -> None:
    result = json.loads(solved[1].read_text("utf-8"))
    result["assignments"][0]["points"] += 1
    done = pairwell("verify", solved[0], written(tmp_path / "result.json", result))
    assert done.exit_code == 1
    assert "Rejected." in done.stdout
    assert "wrong:" in done.stderr


def test_the_result_of_another_round_is_rejected(solved: tuple[Path, Path], tmp_path: Path) -> None:
    another = written(tmp_path / "round.json", a_round_document())
    assert pairwell("verify", another, solved[1]).exit_code == 1


def test_the_findings_can_be_had_as_json(solved: tuple[Path, Path]) -> None:
    report = json.loads(pairwell("verify", *solved, "--json").stdout)
    assert report["accepted"] is True
    assert report["findings"] == []
    assert [level["name"] for level in report["levels"]][:2] == ["mentees_matched", "points"]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", b"\xff", "[" * 100_000])
def test_what_is_no_result_is_invalid_input(
    solved: tuple[Path, Path], tmp_path: Path, content: object
) -> None:
    done = pairwell("verify", solved[0], written(tmp_path / "result.json", content))
    assert done.exit_code == 2
    assert "RESULT_INVALID" in done.stderr


def test_no_solver_is_loaded(solved: tuple[Path, Path]) -> None:
    """An auditor need not trust the solver, so it must not even be there."""
    script = (
        "import sys; from service.cli.main import run; sys.argv = sys.argv[:1] + sys.argv[2:]\n"
        "try: run()\nexcept SystemExit as end: code = end.code\n"
        "sys.exit(7 if any(m.split('.')[0] == 'ortools' for m in sys.modules) else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "-", "verify", *map(str, solved)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
