"""Results as files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.domain.participant import Contact
from models.domain.result import MatchResult
from service.spreadsheets.result_file import RESULT_WRITERS, write_result, write_whole
from tests.service.spreadsheets.sheets import a_result


def test_json_reads_back_as_the_same_result(tmp_path: Path) -> None:
    write_result(tmp_path / "result.json", a_result())
    content = (tmp_path / "result.json").read_bytes()
    assert MatchResult.model_validate_json(content, strict=True) == a_result()
    assert list(json.loads(content))[:3] == ["run", "levels", "assignments"]


@pytest.mark.parametrize("ending", RESULT_WRITERS)
def test_every_ending_is_written_whole_and_leaves_nothing_else(tmp_path: Path, ending: str) -> None:
    write_result(tmp_path / f"result{ending}", a_result())
    assert [path.name for path in tmp_path.iterdir()] == [f"result{ending}"]


def test_names_are_never_in_the_json(tmp_path: Path) -> None:
    write_result(tmp_path / "result.json", a_result(), {"M1": Contact(name="Ann")})
    assert "Ann" not in (tmp_path / "result.json").read_text()


def test_a_failed_write_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(old, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
