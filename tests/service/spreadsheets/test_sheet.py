"""Places in a spreadsheet."""

from __future__ import annotations

from service.spreadsheets.sheet import Place


def test_an_issue_carries_what_is_known_of_its_place() -> None:
    issue = Place("a.csv", 3, "grade", "G77").issue("X", "wrong", "mend it")
    assert issue.detail == {"file": "a.csv", "line": 3, "column": "grade", "value": "G77"}
    assert (issue.code, issue.message, issue.hint) == ("X", "wrong", "mend it")
    assert Place("a.csv").detail() == {"file": "a.csv"}
