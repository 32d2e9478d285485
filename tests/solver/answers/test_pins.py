from __future__ import annotations

from collections.abc import Iterable

from models.domain.issue import Issue
from models.domain.participant import DroppedPin, Pair
from models.domain.problem import Problem
from models.domain.result import Check
from solver.answers.pins import dropped_pins, waived_pins, with_dropped
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem

Names = Iterable[tuple[str, str]]


def pairs(names: Names) -> tuple[Pair, ...]:
    return tuple(Pair(mentor=mentor, mentee=mentee) for mentor, mentee in names)


def dropped(problem: Problem, made: Names, proved: bool = True) -> tuple[DroppedPin, ...]:
    return dropped_pins(problem, choose_rules(problem.policy), pairs(made), proved)


def test_every_rule_that_was_waived_is_told_with_both_facts() -> None:
    policy = a_policy("different_department", grade_seniority={"min_gap": 1, "max_gap": 2})
    waived = {"on_conflict": "waive", "waivable": ("different_department", "grade_seniority")}
    problem = a_problem(
        a_mentor("M1", grade="AA", department="HMRC"),
        a_mentor("M2"),
        a_mentee("E1", department="HMRC"),
        a_mentee("E2"),
        policy=policy.model_copy(update=waived),
        pins=[("M1", "E1"), ("M2", "E2")],
    )
    (pin,) = waived_pins(problem, choose_rules(problem.policy))
    assert (pin.mentor, pin.mentee) == ("M1", "E1")
    assert pin.checks == (
        Check(rule="different_department", because="both are in HMRC, and the two should differ"),
        Check(
            rule="grade_seniority",
            because="AA is four grades below SEO, "
            "and the mentor should be between one grade above and two grades above",
        ),
    )


def test_who_takes_a_mentors_places_is_said() -> None:
    problem = a_problem(
        a_mentor("M1", capacity=2), a_mentee("E1"), a_mentee("E2"), a_mentee("E3")
    ).changed(droppable_pins=pairs([("M1", "E1"), ("M1", "E2"), ("M1", "E3")]))
    (pin,) = dropped(problem, [("M1", "E1"), ("M1", "E3")])
    assert (pin.mentee, pin.code) == ("E2", "MENTOR_OVER_PINNED")
    assert pin.because == "M1 has places for 2, which the pins with E1 and E3 take"


def test_to_whom_else_a_mentee_is_pinned_is_said() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1")).changed(
        droppable_pins=pairs([("M1", "E1"), ("M2", "E1")])
    )
    (pin,) = dropped(problem, [("M2", "E1")])
    assert (pin.mentor, pin.code) == ("M1", "MENTEE_OVER_PINNED")
    assert pin.because == "E1 wants 1, and is pinned to M2"


def test_which_rule_has_no_room_is_said() -> None:
    people = a_person("A"), a_person("B")
    problem = a_problem(*people, policy=a_policy("one_direction")).changed(
        droppable_pins=pairs([("A", "B"), ("B", "A")])
    )
    (pin,) = dropped(problem, [("A", "B")])
    assert (pin.mentor, pin.code) == ("B", "GROUP_CAP_OVER_PINNED")
    assert pin.because == (
        "the rule one direction allows 1 of these together, and another is kept: A with B"
    )


def test_of_many_pins_in_the_way_some_are_named() -> None:
    names = [f"E{number}" for number in range(8)]
    problem = a_problem(a_mentor("M1", capacity=7), *map(a_mentee, names)).changed(
        droppable_pins=pairs([("M1", name) for name in names])
    )
    (pin,) = dropped(problem, [("M1", name) for name in names[:7]])
    assert pin.because.endswith("which the pins with E0, E1, E2, E3, E4 and 2 more take")


def test_where_no_single_limit_is_in_the_way_it_is_said_that_all_are() -> None:
    people = a_mentor("M1", home_region="Wales"), a_mentee("E1", home_region="London")
    policy = a_policy(share_limit={"cross_region_percent": 0})
    problem = a_problem(*people, policy=policy).changed(droppable_pins=pairs([("M1", "E1")]))
    (pin,) = dropped(problem, [])
    assert pin.code == "PIN_DROPPED"
    assert "no pairs that keep every limit" in pin.because
    (unknown,) = dropped(problem, [], proved=False)
    assert "the search ended before" in unknown.because


def test_pins_that_were_impossible_by_themselves_stand_among_the_others() -> None:
    impossible = DroppedPin(mentor="M1", mentee="E9", code="PIN_UNKNOWN_PERSON", because="nobody")
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("F1")).changed(
        droppable_pins=pairs([("M1", "E1"), ("M1", "F1")]), dropped_pins=(impossible,)
    )
    found = dropped(problem, [("M1", "E1")])
    assert [pin.mentee for pin in found] == ["E9", "F1"]
    warnings = with_dropped((), problem, found)
    assert [(issue.code, issue.severity) for issue in warnings] == [("PIN_DROPPED", "warning")]
    assert "M1 and F1" in warnings[0].message


def test_the_warnings_are_given_once() -> None:
    """A result that is put together again brings them along."""
    other = Issue(code="UNKNOWN_WORD", message="a warning", severity="warning")
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2")).changed(
        droppable_pins=pairs([("M1", "E1"), ("M1", "E2")])
    )
    found = dropped(problem, [("M1", "E1")])
    once = with_dropped([other], problem, found)
    assert len(once) == 2
    assert with_dropped(once, problem, found) == once
