from __future__ import annotations

from typing import Any

from models.domain.issue import Issue
from tests.solver.intake.documents import (
    Document,
    a_document,
    a_mentee_row,
    a_mentor_row,
    issues_of,
    places,
)


def pinned(*people: Document, pairs: list[tuple[str, str]], **policy: Any) -> tuple[Issue, ...]:
    pins = [{"mentor": mentor, "mentee": mentee} for mentor, mentee in pairs]
    return issues_of(a_document(*people, pins=pins, policy=policy))


def test_a_pin_that_every_rule_allows_is_no_issue() -> None:
    assert pinned(pairs=[("M-1", "E-1")]) == ()


def test_an_ineligible_pin_lists_every_failing_rule_with_both_facts() -> None:
    (issue,) = pinned(
        a_mentor_row("M-1", grade="AO", regions=["Wales"]),
        a_mentee_row("E-1", grade="SEO", regions=["London"]),
        pairs=[("M-1", "E-1")],
    )
    assert (issue.code, issue.pointer) == ("PIN_INELIGIBLE", "/pins/0")
    assert [failing["rule"] for failing in issue.detail["rules"]] == [
        "grade_seniority",
        "travel_region",
    ]
    assert "AO is three grades below SEO" in issue.message
    assert issue.hint == "Remove the pin, or change `grade_seniority` and `travel_region`."


def test_a_rule_that_the_policy_switches_off_refuses_no_pin() -> None:
    people = (a_mentor_row("M-1", grade="AO"), a_mentee_row("E-1", grade="SEO"))
    assert pinned(*people, pairs=[("M-1", "E-1")], off=["grade_seniority"]) == ()


def test_a_pin_is_asked_of_the_policys_quality_floor() -> None:
    (issue,) = pinned(pairs=[("M-1", "E-1")], rules={"quality_floor": {"points": 1_000_000}})
    assert issue.code == "PIN_INELIGIBLE"
    assert [failing["rule"] for failing in issue.detail["rules"]] == ["quality_floor"]


def test_a_pin_of_two_who_avoid_each_other_is_barred() -> None:
    (issue,) = pinned(
        a_mentor_row("M-1", mentor={"avoids": ["E-1"]}), a_mentee_row(), pairs=[("M-1", "E-1")]
    )
    assert (issue.code, issue.pointer) == ("PIN_VS_BAR", "/pins/0")
    assert "the mentor M-1 avoids E-1" in issue.message
    assert issue.hint == "Remove the pin, or the name in `avoids`."
    assert [failing["rule"] for failing in issue.detail["rules"]] == ["barred_pairs"]


def test_a_pin_that_is_barred_and_fails_a_rule_has_both_issues() -> None:
    issues = pinned(
        a_mentor_row("M-1", grade="AO", mentor={"avoids": ["E-1"]}),
        a_mentee_row(),
        pairs=[("M-1", "E-1")],
    )
    assert places(issues) == [("PIN_INELIGIBLE", "/pins/0"), ("PIN_VS_BAR", "/pins/0")]
    assert "avoids" not in issues[0].message


def test_where_bars_are_switched_off_they_bar_no_pin() -> None:
    document = a_document(
        pins=[{"mentor": "M-1", "mentee": "E-1"}],
        bars=[{"mentor": "M-1", "mentee": "E-1"}],
        policy={"off": ["barred_pairs"]},
    )
    assert issues_of(document) == ()


def test_a_barred_pin_is_not_called_ineligible_as_well() -> None:
    document = a_document(
        pins=[{"mentor": "M-1", "mentee": "E-1"}], bars=[{"mentor": "M-1", "mentee": "E-1"}]
    )
    assert places(issues_of(document)) == [("PIN_VS_BAR", "/pins/0")]


def test_a_mentor_has_no_more_pins_than_places() -> None:
    people = [a_mentee_row(f"E-{number}") for number in range(4)]
    mentor = a_mentor_row("M-1", mentor={"capacity": 2})
    two = [("M-1", "E-0"), ("M-1", "E-1")]
    assert pinned(mentor, *people, pairs=two) == ()
    (issue,) = pinned(mentor, *people, pairs=[*two, ("M-1", "E-2"), ("M-1", "E-3")])
    assert (issue.code, issue.pointer) == ("MENTOR_OVER_PINNED", "/pins/2")
    assert issue.detail == {"value": "M-1", "capacity": 2, "pins": [0, 1, 2, 3]}
    assert issue.hint == "Remove 2 of these pins."


def test_a_mentor_without_a_place_this_time_has_no_pin() -> None:
    issues = pinned(
        a_mentor_row("M-1", mentor={"capacity": 0}), a_mentee_row(), pairs=[("M-1", "E-1")]
    )
    assert places(issues) == [("MENTOR_OVER_PINNED", "/pins/0")]


def test_a_mentee_has_no_more_pins_than_they_want() -> None:
    (issue,) = pinned(
        a_mentor_row("M-1"),
        a_mentor_row("M-2"),
        a_mentee_row("E-1"),
        pairs=[("M-1", "E-1"), ("M-2", "E-1")],
    )
    assert (issue.code, issue.pointer) == ("MENTEE_OVER_PINNED", "/pins/1")
    assert issue.detail == {"value": "E-1", "wants": 1, "pins": [0, 1]}


def test_two_people_are_not_pinned_in_both_directions() -> None:
    people = (a_mentor_row("A", mentee={}), a_mentor_row("B", mentee={}))
    both = [("A", "B"), ("B", "A")]
    (issue,) = pinned(*people, pairs=both, off=["grade_seniority"])
    assert (issue.code, issue.pointer) == ("GROUP_CAP_OVER_PINNED", "/pins/1")
    assert issue.detail["rule"] == "one_direction"
    assert issue.detail["cap"] == 1
    assert issue.detail["pins"] == [0, 1]
    assert pinned(*people, pairs=both, off=["grade_seniority", "one_direction"]) == ()


def test_a_pin_is_not_judged_by_facts_that_could_not_be_read() -> None:
    """The unknown region is left out, so the two only seem to share none."""
    issues = pinned(
        a_mentor_row("M-1", regions=["Wals"]), a_mentee_row("E-1"), pairs=[("M-1", "E-1")]
    )
    assert places(issues) == [("UNKNOWN_REGION", "/participants/0/regions/0")]


def test_a_pin_is_not_judged_by_rules_that_could_not_be_read() -> None:
    people = (a_mentor_row("M-1", grade="AO"), a_mentee_row("E-1", grade="SEO"))
    pairs = [("M-1", "E-1")]
    wrong_setting = pinned(*people, pairs=pairs, rules={"grade_seniority": {"min_gap": "-4"}})
    assert places(wrong_setting) == [("INVALID_SETTING", "/policy/rules/grade_seniority/min_gap")]
    no_settings = pinned(*people, pairs=pairs, rules={"grade_seniority": 5})
    assert places(no_settings) == [("WRONG_TYPE", "/policy/rules/grade_seniority")]
    no_profile = pinned(*people, pairs=pairs, profile="civil-servce")
    assert places(no_profile) == [("UNKNOWN_PROFILE", "/policy/profile")]
    no_list = pinned(*people, pairs=pairs, off="grade_seniority")
    assert places(no_list) == [("WRONG_TYPE", "/policy/off")]


def test_pins_are_judged_beside_the_faults_of_others() -> None:
    issues = pinned(
        a_mentor_row("M-1", grade="AO"),
        a_mentee_row("E-1"),
        a_mentee_row("E-2", grade="Grade 99"),
        pairs=[("M-1", "E-1")],
    )
    assert places(issues) == [
        ("UNKNOWN_GRADE", "/participants/2/grade"),
        ("PIN_INELIGIBLE", "/pins/0"),
    ]


WAIVED = {"on_conflict": "waive", "waivable": ["grade_seniority", "barred_pairs"]}


def test_a_pin_that_fails_waivable_rules_alone_stands_with_a_warning() -> None:
    (issue,) = pinned(
        a_mentor_row("M-1", grade="AO", mentor={"avoids": ["E-1"]}),
        a_mentee_row(),
        pairs=[("M-1", "E-1")],
        **WAIVED,
    )
    assert (issue.code, issue.severity) == ("PIN_WAIVED", "warning")
    assert "AO is three grades below SEO" in issue.message
    failed = [failing["rule"] for failing in issue.detail["rules"]]
    assert failed == ["barred_pairs", "grade_seniority"]


def test_a_pin_that_fails_any_other_rule_is_refused_for_all_of_them() -> None:
    (issue,) = pinned(
        a_mentor_row("M-1", grade="AO", regions=["London"]),
        a_mentee_row(),
        pairs=[("M-1", "E-1")],
        **WAIVED,
    )
    assert (issue.code, issue.severity) == ("PIN_INELIGIBLE", "error")
    failed = [failing["rule"] for failing in issue.detail["rules"]]
    assert failed == ["grade_seniority", "travel_region"]


def test_waiving_lifts_no_limit() -> None:
    people = [a_mentor_row("M-1"), a_mentee_row("E-1"), a_mentee_row("E-2")]
    issues = pinned(*people, pairs=[("M-1", "E-1"), ("M-1", "E-2")], **WAIVED)
    assert places(issues) == [("MENTOR_OVER_PINNED", "/pins/1")]
