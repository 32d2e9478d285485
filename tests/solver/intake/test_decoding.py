from __future__ import annotations

import pytest

from solver.intake.decoding import decode
from solver.intake.issue_log import IssueLog

TEXT = '{"name": "Hydref – café"}'


def test_utf8_is_read_with_and_without_a_byte_order_mark() -> None:
    log = IssueLog()
    assert decode(TEXT.encode(), log) == TEXT
    assert decode(TEXT.encode("utf-8-sig"), log) == TEXT
    assert log.issues() == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_unicode_encoding_is_refused_and_read_all_the_same(encoding: str) -> None:
    log = IssueLog()
    assert decode(TEXT.encode(encoding), log) == TEXT
    (issue,) = log.issues()
    assert issue.code == "NOT_UTF8"
    assert "UTF-8" in issue.hint


def test_a_byte_that_is_not_utf8_is_reported_with_its_line_and_column() -> None:
    log = IssueLog()
    text = decode('{"name":\n "café"}'.encode("cp1252"), log)
    assert text == '{"name":\n "café"}'
    (issue,) = log.issues()
    assert issue.code == "NOT_UTF8"
    assert issue.detail == {"value": "0xe9", "line": 2, "column": 6}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14\x00", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"%PDF-1.7", "PDF"),
        (b'{"name": "a\x00b", "more": 1}', "NUL"),
    ],
)
def test_what_is_no_text_is_called_by_its_kind(data: bytes, kind: str) -> None:
    log = IssueLog()
    assert decode(data, log) is None
    (issue,) = log.issues()
    assert issue.code == "BINARY_DOCUMENT"
    assert kind in issue.message
