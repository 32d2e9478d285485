"""Rounds from files: what is read, and every problem at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.reference import sample_files
from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.printing import print_issues
from service.cli.round_input import RoundInput, read_round_file, read_round_sheets
from tests.service.cli.commands import a_round_document, written


def refused(path: Path) -> list[str]:
    with pytest.raises(CommandFailed) as failure:
        read_round_file(path)
    assert failure.value.code == exits.INVALID_INPUT
    return [issue.code for issue in failure.value.issues]


def read_sheets(folder: Path, mentors: object, mentees: object, **options: str) -> RoundInput:
    paths = [
        written(folder / name, content)
        for name, content in (("mentors.csv", mentors), ("mentees.csv", mentees))
    ]
    given = {"policy": "staff-network", "mapping": None, **options}
    return read_round_sheets(paths[0], paths[1], given["policy"], given["mapping"])


def test_a_json_round_becomes_a_problem(tmp_path: Path) -> None:
    read = read_round_file(written(tmp_path / "round.json", a_round_document()))
    assert {person.reference for person in read.problem.participants} == {"M1", "E1"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"{",
        b"[]",
        b"null",
        b"\x00\xff",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        '{"participants": NaN}',
        "[" * 100_000,
        '{"participants": []}'.encode("utf-16"),
        {"participants": {}},
        {"participants": [1, None, "x"]},
        {"participants": [{"reference": "M1", "grade": "SEO", "gurk": 1, "mentor": {}}]},
        a_round_document(pins=[{"mentor": "X", "mentee": "Y"}]),
        a_round_document(policy={"profile": "no"}),
        '{"participants": [{"mentor": {"capacity": 1' + "0" * 5000 + "}}]}",
    ],
)
def test_whatever_is_no_round_is_refused_with_issues(tmp_path: Path, content: object) -> None:
    assert refused(written(tmp_path / "round.json", content))


@pytest.mark.parametrize("name", ["mentors.csv", "Mentors.XLSX", "people.ods"])
def test_a_spreadsheet_in_the_place_of_a_round_is_told_where_it_goes(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(CommandFailed, match="--mentors and --mentees") as failure:
        read_round_file(written(tmp_path / name, "grade\nSEO\n"))
    assert failure.value.code == exits.INVALID_INPUT
    assert name in failure.value.message


@pytest.mark.parametrize(
    ("content", "code"),
    [("{\n]", "INVALID_JSON"), ("", "EMPTY_DOCUMENT"), (b"\0", "BINARY_DOCUMENT")],
)
def test_what_is_no_json_is_told_with_the_files_name_once(
    tmp_path: Path, content: object, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "round.json", content)
    with pytest.raises(CommandFailed) as failure:
        read_round_file(path)
    (issue,) = failure.value.issues
    assert (issue.code, issue.detail["file"]) == (code, str(path))
    print_issues([issue])
    assert capsys.readouterr().err.count(str(path)) == 1


def test_a_file_that_is_not_there_is_an_issue(tmp_path: Path) -> None:
    assert refused(tmp_path / "round.json") == ["FILE_MISSING"]
    assert refused(tmp_path) == ["FILE_UNREADABLE"]


@pytest.mark.parametrize(("size", "people"), [("small", 100), ("large", 1000)])
def test_the_shipped_samples_are_read_without_an_issue(
    size: str, people: int, capsys: pytest.CaptureFixture[str]
) -> None:
    mentors, mentees = sample_files(size)  # type: ignore[arg-type]
    read = read_round_sheets(mentors, mentees, "staff-network", None)
    assert len(read.problem.participants) == people
    assert len(read.contacts) == people
    assert capsys.readouterr().err == ""


def test_the_sample_makes_the_same_problem_for_every_order_of_its_rows(tmp_path: Path) -> None:
    contents = [path.read_text("utf-8-sig") for path in sample_files("small")]
    shuffled = []
    for content in contents:
        heading, *rows = content.splitlines()
        shuffled.append("\r\n".join([heading, *reversed(rows)]))
    first = read_sheets(tmp_path, *contents).problem
    assert read_sheets(tmp_path, *shuffled).problem.digest == first.digest


def test_every_problem_of_both_sheets_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed) as failure:
        read_sheets(
            tmp_path,
            "email,grade,capacity\na@b.org,Grade 77,two\nc@d.org,G7,-1\ne@f.org,G7,1e12\n",
            "email,grade,wants\ng@h.org,SEO,NaN\ni@j.org,SEO\n",
        )
    found = {
        (Path(issue.detail["file"]).name, issue.detail["line"], issue.detail.get("column"))
        for issue in failure.value.issues
    }
    assert found == {
        ("mentors.csv", 2, "grade"),
        ("mentors.csv", 2, "capacity"),
        ("mentors.csv", 3, "capacity"),
        ("mentors.csv", 4, "capacity"),
        ("mentees.csv", 2, "wants"),
        ("mentees.csv", 3, None),
    }


def test_a_missing_grade_column_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed) as failure:
        read_sheets(tmp_path, "email\na@b.org\nc@d.org\n", "email,grade\ne@f.org,SEO\n")
    assert [issue.code for issue in failure.value.issues] == ["HEADING_MISSING"]


def test_both_missing_files_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed) as failure:
        read_round_sheets(tmp_path / "a.csv", tmp_path / "b.csv", None, None)
    assert [issue.code for issue in failure.value.issues] == ["FILE_MISSING", "FILE_MISSING"]


def test_a_policy_can_come_from_a_file(tmp_path: Path) -> None:
    policy = written(
        tmp_path / "policy.json", {"profile": "staff-network", "weights": {"cross_department": 7}}
    )
    read = read_sheets(tmp_path, "grade\nG7\n", "grade\nSEO\n", policy=str(policy))
    assert read.document["policy"]["weights"] == {"cross_department": 7}
    weights = {rule.name: rule.settings.get("weight") for rule in read.problem.policy.rules}
    assert weights["cross_department"] == 7


@pytest.mark.parametrize("content", ["", "[]", "{", b"\xff"])
def test_a_policy_that_is_no_object_is_invalid(tmp_path: Path, content: object) -> None:
    policy = written(tmp_path / "policy.json", content)
    with pytest.raises(CommandFailed) as failure:
        read_sheets(tmp_path, "grade\nG7\n", "grade\nSEO\n", policy=str(policy))
    assert failure.value.code == exits.INVALID_INPUT


def test_a_mapping_can_be_built_in_or_a_file(tmp_path: Path) -> None:
    mapping = written(tmp_path / "mapping.json", {"Pay band": "grade", "Notes": "ignore"})
    read = read_sheets(tmp_path, "pay band,notes\nG7,x\n", "grade\nSEO\n", mapping=str(mapping))
    assert len(read.problem.participants) == 2
    built_in = read_sheets(
        tmp_path, "grade,biography\nG7,x\n", "grade\nSEO\n", mapping="staff-network"
    )
    assert len(built_in.problem.participants) == 2


def test_a_mapping_that_cannot_be_used_is_invalid(tmp_path: Path) -> None:
    mapping = written(tmp_path / "mapping.json", {"Pay band": "grad"})
    with pytest.raises(CommandFailed) as failure:
        read_sheets(tmp_path, "grade\nG7\n", "grade\nSEO\n", mapping=str(mapping))
    assert [issue.code for issue in failure.value.issues] == ["MAPPING_INVALID"]


def test_without_a_policy_the_profile_is_the_default_one(tmp_path: Path) -> None:
    mentors = written(tmp_path / "mentors.csv", "grade\nG7\n")
    mentees = written(tmp_path / "mentees.csv", "grade\nSEO\n")
    read = read_round_sheets(mentors, mentees, None, None)
    assert read.problem.policy.profile == "civil-service"
