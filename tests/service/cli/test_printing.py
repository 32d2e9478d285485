"""Lines on the terminal."""

from __future__ import annotations

import pytest

from models.domain.issue import Issue
from service.cli.printing import print_issues, printable


def test_an_input_cannot_steer_the_terminal() -> None:
    assert printable("\x1b[2Jgone\n\u202e") == "\\x1b[2Jgone\\x0a\\x202e"


@pytest.mark.parametrize(
    ("issue", "line"),
    [
        (
            Issue(
                code="X",
                message="wrong",
                detail={"file": "a.csv", "line": 3, "column": "grade", "value": "G77"},
            ),
            '  error X: a.csv line 3, column "grade": wrong (G77)\n',
        ),
        (
            Issue(code="X", message='"G77" is wrong', pointer="/a", detail={"value": "G77"}),
            '  error X: /a: "G77" is wrong\n',
        ),
        (
            Issue(code="X", message="line 3 of a.csv is odd", detail={"file": "a.csv", "line": 3}),
            "  error X: line 3 of a.csv is odd\n",
        ),
        (Issue(code="X", message="odd", severity="warning"), "  warning X: odd\n"),
    ],
)
def test_an_issue_is_told_with_its_place_and_its_value_once(
    issue: Issue, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_issues([issue])
    assert capsys.readouterr().err == line
