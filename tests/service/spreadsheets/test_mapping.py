"""Mappings of headings to fields."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.spreadsheets.fields import IGNORED, fields_of
from service.spreadsheets.mapping import (
    Column,
    built_in_mappings,
    heading_key,
    read_mapping,
)
from service.spreadsheets.sheet import SheetFile
from tests.service.spreadsheets.sheets import codes


def a_mapping_file(content: object) -> SheetFile:
    text = content if isinstance(content, str) else json.dumps(content)
    return SheetFile("mapping.json", text.encode())


def test_built_in_mappings_name_fields_that_exist() -> None:
    known = {IGNORED, *fields_of("mentor"), *fields_of("mentee")}
    for mapping in built_in_mappings().values():
        assert {column.field for column in mapping.values()} <= known


def test_pairwells_own_headings_cover_every_field() -> None:
    own = {column.field for column in built_in_mappings()["pairwell"].values()}
    assert own == {*fields_of("mentor"), *fields_of("mentee")}


@pytest.mark.parametrize("name", built_in_mappings())
def test_every_built_in_heading_is_in_the_documentation(name: str) -> None:
    page = (Path(__file__).parents[3] / "docs" / "spreadsheets.md").read_text("utf-8")
    for heading in built_in_mappings()[name]:
        assert f"| `{heading}` |" in page


def test_a_mapping_file_adds_to_pairwells_own_headings() -> None:
    mapping, issues = read_mapping(
        a_mapping_file(
            {"Directorate": "department", "Skills": {"field": "offers", "separator": "|"}}
        )
    )
    assert issues == []
    assert mapping["directorate"] == Column("department")
    assert mapping["skills"] == Column("offers", "|")
    assert mapping["grade"] == Column("grade")


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, "\x00"])
def test_what_is_no_object_is_an_issue(text: str) -> None:
    assert codes(read_mapping(a_mapping_file(text))[1]) == ["MAPPING_INVALID"]


def test_every_unknown_field_is_reported_with_what_was_meant() -> None:
    _, issues = read_mapping(
        a_mapping_file(
            {
                "A": "departement",
                "B": "zzz",
                "C": {"field": "offers", "split": ","},
                "D": {"field": "offers", "separator": ""},
                "E": ["grade"],
                "F": "grade",
            }
        )
    )
    assert [issue.detail["column"] for issue in issues] == ["A", "B", "C", "D", "E"]
    assert issues[0].hint == 'Did you mean "department"?'


@pytest.mark.parametrize(
    "spelling", ["email address", " E-mail\u200b  Address", "EMAIL_ADDRESS", "\ufeffemail address"]
)
def test_headings_are_compared_without_what_nobody_sees(spelling: str) -> None:
    assert heading_key(spelling) in {"email address", "e mail address"}
