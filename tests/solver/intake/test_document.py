from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.intake import read_document
from solver.intake.document import MOST_FIELDS
from tests.solver.intake.documents import places


def test_a_sound_document_is_given_back_as_it_is() -> None:
    document = {"name": "Autumn", "participants": [{"reference": "A", "remote": True}], "x": 1.5}
    assert read_document(json.dumps(document).encode()) == (document, ())


def test_null_is_a_document_without_issues() -> None:
    """Whether null is a round is not for the parser to say."""
    assert read_document(b"null") == (None, ())


@pytest.mark.parametrize("data", [b"", b"  \n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_document_is_called_empty(data: bytes) -> None:
    document, issues = read_document(data)
    assert document is None
    assert places(issues) == [("EMPTY_DOCUMENT", "")]


def test_broken_json_is_reported_with_its_line_and_column() -> None:
    document, issues = read_document(b'{"name": "Autumn",\n  "pins" []}')
    assert document is None
    assert places(issues) == [("INVALID_JSON", "")]
    assert issues[0].detail == {"line": 2, "column": 10}


def test_every_number_that_is_not_finite_is_reported_in_its_place() -> None:
    data = b'{"a": NaN, "b": [1, -Infinity, {"c/d": 1e999}]}'
    document, issues = read_document(data)
    assert document == {"a": None, "b": [1, None, {"c/d": None}]}
    assert places(issues) == [
        ("NUMBER_NOT_FINITE", "/a"),
        ("NUMBER_NOT_FINITE", "/b/1"),
        ("NUMBER_NOT_FINITE", "/b/2/c~1d"),
    ]
    assert [issue.detail["value"] for issue in issues] == ["NaN", "-Infinity", "1e999"]


def test_a_document_that_is_one_bad_number_is_reported() -> None:
    assert places(read_document(b"NaN")[1]) == [("NUMBER_NOT_FINITE", "")]


def test_a_number_of_ten_million_digits_is_refused_at_once() -> None:
    document, issues = read_document(b'{"capacity": 1' + b"0" * 10_000_000 + b"}")
    assert document == {"capacity": None}
    assert places(issues) == [("NUMBER_TOO_LONG", "/capacity")]
    assert len(str(issues[0].detail["value"])) < 200


def test_an_object_of_very_many_fields_is_refused_at_once() -> None:
    fields = ", ".join(f'"x{number}": 1' for number in range(MOST_FIELDS + 1))
    document, issues = read_document(f'{{"policy": {{{fields}}}}}'.encode())
    assert document == {"policy": None}
    assert places(issues) == [("TOO_MANY_FIELDS", "/policy")]


def test_a_document_of_nothing_but_bad_numbers_is_given_up() -> None:
    document, issues = read_document(b"[" + b"NaN," * 300_000 + b"1]")
    assert document is None
    assert issues[-1].message == "and at least 9,000 more"


def test_a_field_given_twice_is_reported_and_the_last_one_counts() -> None:
    data = b'{"pins": [{"mentor": "A", "mentor": "B"}], "x": 1, "x": 2, "x": 3}'
    document, issues = read_document(data)
    assert document == {"pins": [{"mentor": "B"}], "x": 3}
    assert places(issues) == [("DUPLICATE_FIELD", "/pins/0/mentor"), ("DUPLICATE_FIELD", "/x")]


@pytest.mark.parametrize(
    "data",
    [b"[" * 200_000, b'{"a":' * 200_000, b"[" * 100_000 + b"]" * 100_000],
    ids=["lists", "objects", "closed lists"],
)
def test_absurd_nesting_is_an_issue_and_no_recursion_error(data: bytes) -> None:
    document, issues = read_document(data)
    assert document is None
    assert places(issues) == [("NESTED_TOO_DEEP", "")]


def test_a_flaw_is_not_sought_deeper_than_any_round_goes() -> None:
    _, issues = read_document(b"[" * 150 + b"NaN" + b"]" * 150)
    assert [issue.code for issue in issues] == ["NESTED_TOO_DEEP"]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_and_nothing_is_read_in_silence(data: bytes) -> None:
    document, issues = read_document(data)
    if document is None and not issues:
        assert data.removeprefix(b"\xef\xbb\xbf").strip() == b"null"


@settings(deadline=None)
@given(
    st.recursive(st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(), st.lists)
)
def test_every_sound_document_survives(document: object) -> None:
    assert read_document(json.dumps(document).encode()) == (document, ())
