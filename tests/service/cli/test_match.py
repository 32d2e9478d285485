"""`pairwell match`: what it reads, writes and ends with. The solver is a fake."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from models.domain.result import MatchResult
from models.reference import sample_files
from service.cli import solving
from tests.service.cli.commands import a_round_document, a_solver, pairwell, written
from tests.service.spreadsheets.sheets import a_result


@pytest.fixture(autouse=True)
def _fake_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "start_solver", nullcontext)
    monkeypatch.setattr(solving, "solve", a_solver())


@pytest.fixture
def round_file(tmp_path: Path) -> Path:
    return written(tmp_path / "round.json", a_round_document())


def test_the_pairs_and_the_summary_are_shown(round_file: Path) -> None:
    done = pairwell("match", round_file)
    assert done.exit_code == 0
    assert "offers both things sought" in done.stdout
    assert "certified optimal" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("solve_status", "code"),
    [("optimal", 0), ("infeasible", 3), ("feasible", 4), ("unknown", 4)],
)
def test_the_exit_code_says_how_it_ended(
    round_file: Path, solve_status: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "solve", a_solver(solve_status))
    assert pairwell("match", round_file).exit_code == code


def test_json_is_the_result_and_nothing_else(round_file: Path) -> None:
    done = pairwell("match", round_file, "--json")
    assert MatchResult.model_validate_json(done.stdout, strict=True) == a_result()


def test_invalid_input_lists_every_issue(tmp_path: Path) -> None:
    people = [{"reference": "M1", "grade": "G77", "mentor": {}}, {"reference": "M1"}]
    path = written(tmp_path / "round.json", {"participants": people, "gurk": 1})
    told = pairwell("match", path)
    assert told.exit_code == 2
    assert told.stdout == ""
    as_json = pairwell("match", path, "--json")
    assert as_json.exit_code == 2
    issues = json.loads(as_json.stdout)["issues"]
    assert {issue["pointer"] for issue in issues} >= {"/gurk", "/participants/0/grade"}
    assert all(issue["code"] in told.stderr for issue in issues)


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "JSON"])
def test_the_result_is_written_by_the_ending(round_file: Path, ending: str) -> None:
    output = round_file.with_name(f"result.{ending}")
    done = pairwell("match", round_file, "--output", output)
    assert done.exit_code == 0
    assert output.stat().st_size > 0
    assert "offers both things sought" not in done.stdout, "the table is in the file"


@pytest.mark.parametrize("output", ["result.doc", "result", "no/such/folder/result.json"])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(output: str) -> None:
    done = pairwell("match", "no-such-round.json", "--output", output)
    assert done.exit_code == 2
    assert output.rpartition("/")[0] in done.stderr
    assert "FILE_MISSING" not in done.stderr


def test_no_input_is_overwritten(tmp_path: Path) -> None:
    mentors = written(tmp_path / "mentors.csv", "grade\nG7\n")
    mentees = written(tmp_path / "mentees.csv", "grade\nSEO\n")
    mapping = written(tmp_path / "mapping.json", {"Notes": "ignore"})
    sheets = ("--mentors", mentors, "--mentees", mentees, "--mapping", mapping)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for output in (("--output", mentees), ("--round-output", mapping)):
        done = pairwell("match", *sheets, *output)
        assert done.exit_code == 2
        assert "one of the files to read" in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_spreadsheets_leave_a_round_that_can_be_matched_again(tmp_path: Path) -> None:
    mentors, mentees = sample_files("small")
    round_output = tmp_path / "round.json"
    sheets = ("--mentors", mentors, "--mentees", mentees, "--policy", "staff-network")
    assert pairwell("match", *sheets, "--round-output", round_output).exit_code == 0
    assert pairwell("match", round_output).exit_code == 0


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "-inf", "86401", "1e300", "soon"])
def test_a_time_limit_is_more_than_nothing_and_at_most_a_day(
    round_file: Path, seconds: str
) -> None:
    done = pairwell("match", round_file, "--time-limit", seconds)
    assert done.exit_code == 2
    assert "--time-limit" in done.stderr
    assert pairwell("match", round_file, "--time-limit", "86400").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--mentors", "m.csv"),
        ("--mentees", "m.csv"),
        ("round.json", "--mentors", "m.csv", "--mentees", "n.csv"),
        ("round.json", "--policy", "staff-network"),
    ],
)
def test_what_does_not_go_together_is_invalid(arguments: tuple[str, ...]) -> None:
    assert pairwell("match", *arguments).exit_code == 2


def test_names_appear_only_when_asked_for(tmp_path: Path) -> None:
    document = a_round_document()
    document["participants"][0]["contact"] = {"name": "Ann Other"}
    path = written(tmp_path / "round.json", document)
    assert "Ann Other" not in pairwell("match", path).stdout
    assert "Ann Other" in pairwell("match", path, "--names").stdout


def test_the_help_says_which_policy_is_taken_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """That it is the one taken is proved of `read_round_sheets`."""
    monkeypatch.setenv("COLUMNS", "200")
    shown = pairwell("match", "--help").stdout
    assert "default: (civil-service)" in shown
