"""Who withdraws and who joins, read together with what else is different."""

from __future__ import annotations

from scenarios.rematch.comings import read_comings


def test_withdrawals_come_first_then_newcomers_then_the_rest() -> None:
    newcomer = {"reference": "E9", "grade": "SEO", "mentee": {}}
    more = {"change": "capacity", "mentor": "M1", "capacity": 2}
    changes, issues = read_comings(["M2"], [newcomer], [more])
    assert issues == ()
    assert [change.told() for change in changes] == [
        "M2 withdraws",
        "E9 joins",
        "M1 takes at most 2 mentees",
    ]


def test_every_fault_is_told_at_its_place() -> None:
    _, issues = read_comings(["M2"], [{"reference": "E9"}], [{"change": "capcity"}])
    assert {issue.pointer for issue in issues} == {
        "/changes/1/participant/grade",
        "/changes/2/change",
    }


def test_newcomers_are_a_list() -> None:
    _, issues = read_comings([], {"reference": "E9"})
    assert [issue.code for issue in issues] == ["WRONG_TYPE"]
