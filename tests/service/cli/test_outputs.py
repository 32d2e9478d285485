"""Which outputs are refused before the work begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.outputs import check_outputs


def refusal(output: Path | None, round_output: Path | None = None, *inputs: Path | None) -> str:
    with pytest.raises(CommandFailed) as failure:
        check_outputs(output, round_output, inputs)
    assert failure.value.code == exits.INVALID_INPUT
    return failure.value.message


def test_outputs_that_take_nobodys_place_are_accepted(tmp_path: Path) -> None:
    check_outputs(None, None, ())
    check_outputs(tmp_path / "a.xlsx", tmp_path / "b.json", (tmp_path / "c.json", None))


@pytest.mark.parametrize("same", ["a.json", "./a.json", "../{folder}/a.json"])
def test_an_output_is_no_input_however_it_is_spelt(tmp_path: Path, same: str) -> None:
    given = tmp_path / same.format(folder=tmp_path.name)
    path = tmp_path / "a.json"
    assert "--output" in refusal(path, None, None, given)
    assert "--round-output" in refusal(None, path, given)


def test_a_link_to_an_input_is_the_input(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "round.json")
    assert "one of the files to read" in refusal(link, None, tmp_path / "round.json")


def test_the_two_outputs_are_two_files(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert "two files" in refusal(path, tmp_path / "." / "a.json")


@pytest.mark.parametrize("name", ["round.csv", "round", "round.xlsx"])
def test_a_round_is_written_as_json_alone(tmp_path: Path, name: str) -> None:
    assert "must end in .json" in refusal(None, tmp_path / name)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "no") in refusal(tmp_path / "no" / "a.json")
