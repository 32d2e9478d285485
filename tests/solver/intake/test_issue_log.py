from __future__ import annotations

import pytest

from solver.intake.issue_log import ENOUGH_ERRORS, MOST_ISSUES, IssueLog, pointer


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), ""),
        (("pins", 0, "mentor"), "/pins/0/mentor"),
        (("a/b", "c~d", ""), "/a~1b/c~0d/"),
        (("\ud800",), "/\\ud800"),
    ],
)
def test_a_place_becomes_a_json_pointer(path: tuple[str | int, ...], expected: str) -> None:
    assert pointer(path) == expected


def test_issues_come_in_the_order_of_the_document_errors_first() -> None:
    log = IssueLog()
    log.warning("A_WARNING", ("participants", 0), "w")
    log.error("LATER_ROW", ("participants", 10), "later")
    log.error("EARLIER_ROW", ("participants", 9), "earlier")
    log.error("WHOLE_ROUND", (), "whole")
    codes = [issue.code for issue in log.issues()]
    assert codes == ["WHOLE_ROUND", "EARLIER_ROW", "LATER_ROW", "A_WARNING"]
    assert log.errors == 3


def test_an_unreadable_place_is_complained_of_once() -> None:
    log = IssueLog()
    log.unreadable("WRONG_TYPE", ("participants", 3, "grade"), "no text")
    log.error("UNKNOWN_GRADE", ("participants", 3, "grade"), "no grade")
    log.error("NO_SECTION", ("participants", 3), "no section")
    assert [issue.code for issue in log.issues()] == ["NO_SECTION", "WRONG_TYPE"]


def test_a_place_is_faulty_with_everything_around_it() -> None:
    log = IssueLog()
    log.error("UNKNOWN_GRADE", ("participants", 3, "grade"), "no grade")
    assert log.is_faulty(("participants", 3))
    assert log.is_faulty(("participants",))
    assert not log.is_faulty(("participants", 4))
    assert not log.is_faulty(("participants", 3, "grade", "x"))


def test_only_an_unreadable_place_itself_counts_as_unreadable() -> None:
    log = IssueLog()
    log.unreadable("WRONG_TYPE", ("policy", "off"), "no list")
    assert log.is_unreadable(("policy", "rules"), ("policy", "off"))
    assert not log.is_unreadable(("policy",))


def test_the_offending_value_is_kept_short() -> None:
    log = IssueLog()
    log.error("WRONG_TYPE", (), "no object", value=["x"] * 500)
    assert log.issues()[0].detail == {"value": "a list of 500"}


def test_what_is_too_many_is_counted_in_a_last_issue() -> None:
    log = IssueLog()
    for index in range(MOST_ISSUES + 7):
        log.error("UNKNOWN_GRADE", ("participants", index), "no grade")
        log.warning("UNKNOWN_EXPERTISE", ("participants",), "no expertise")
    issues = log.issues()
    assert len(issues) == MOST_ISSUES + 1
    assert issues[-1].code == "MORE_ISSUES"
    assert issues[-1].severity == "error"
    assert issues[-1].detail == {"count": MOST_ISSUES + 14}
    assert {issue.severity for issue in issues} == {"error"}


def test_too_many_warnings_are_still_warnings() -> None:
    log = IssueLog()
    for index in range(MOST_ISSUES + 1):
        log.warning("UNKNOWN_EXPERTISE", ("participants",), f"no expertise {index}")
    assert {issue.severity for issue in log.issues()} == {"warning"}


def test_as_many_issues_as_are_listed_need_no_count() -> None:
    log = IssueLog()
    for index in range(MOST_ISSUES):
        log.error("UNKNOWN_GRADE", ("participants", index), "no grade")
    assert "MORE_ISSUES" not in {issue.code for issue in log.issues()}


def test_a_log_is_overfull_after_ten_thousand_errors_and_says_so() -> None:
    log = IssueLog()
    for index in range(ENOUGH_ERRORS - 1):
        log.error("UNKNOWN_GRADE", ("participants", index), "no grade")
    assert not log.is_overfull
    assert log.issues()[-1].message == "and 8,999 more"
    log.error("UNKNOWN_GRADE", ("participants", ENOUGH_ERRORS), "no grade")
    assert log.is_overfull
    assert log.issues()[-1].message == "and at least 9,000 more"


def test_a_hint_is_worked_out_only_for_what_is_listed() -> None:
    log, asked = IssueLog(), []

    def hint() -> str:
        asked.append(1)
        return "Did you mean G7?"

    for index in range(MOST_ISSUES + 100):
        log.error("UNKNOWN_GRADE", ("participants", index), "no grade", hint)
    assert len(asked) == MOST_ISSUES
    assert log.issues()[0].hint == "Did you mean G7?"
