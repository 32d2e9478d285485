from __future__ import annotations

from scenarios.change import all_changes
from scenarios.changes.capacity import Capacity
from scenarios.changes.remove_person import RemovePerson
from scenarios.reading import MOST_CHANGES, read_changes


def test_the_changes_are_read_in_their_order() -> None:
    capacity = {"change": "capacity", "mentor": "M1", "capacity": 3}
    withdrawal = {"change": "remove_person", "reference": "E1"}
    expected = (Capacity(mentor="M1", capacity=3), RemovePerson(reference="E1"))
    assert read_changes([capacity, withdrawal]) == (expected, ())


def test_every_fault_is_told_at_once_with_its_place() -> None:
    raw = [
        {"change": "capacity", "mentor": "M1", "capacity": -1},
        {"change": "remove_person"},
        {"change": "remove_persons", "reference": "E1"},
        {"reference": "E1"},
        {"change": "pin", "mentor": "M1", "mentee": "E1", "why": "asked"},
        "capacity",
    ]
    changes, issues = read_changes(raw)
    assert changes == ()
    assert [(issue.code, issue.pointer) for issue in issues] == [
        ("OUT_OF_RANGE", "/changes/0/capacity"),
        ("MISSING_FIELD", "/changes/1/reference"),
        ("UNKNOWN_CHANGE", "/changes/2/change"),
        ("MISSING_FIELD", "/changes/3/change"),
        ("UNKNOWN_FIELD", "/changes/4/why"),
        ("WRONG_TYPE", "/changes/5"),
    ]
    assert issues[2].hint == 'Did you mean "remove_person"?'


def test_what_is_no_list_of_a_sensible_length_is_refused() -> None:
    (no_list,) = read_changes({"change": "pin"})[1]
    (too_long,) = read_changes([{}] * (MOST_CHANGES + 1))[1]
    assert (no_list.code, too_long.code) == ("WRONG_TYPE", "WRONG_LENGTH")


def test_a_change_that_is_written_out_reads_as_itself() -> None:
    written = [
        {"change": "fairness", "fairness": {"mode": "floor", "floor": {"points": 3}}},
        {"change": "edit_person", "reference": "E1", "fields": {"mentee": None}},
        {"change": "rule_on", "rule": "different_department"},
    ]
    changes, issues = read_changes(written)
    assert not issues
    assert [change.given() for change in changes] == written


def test_there_is_a_change_for_everything_that_a_scenario_may_change() -> None:
    """Semantics, "Scenarios": people, capacity, weights, rules, pins, bars and the mode; and
    what matching again is made of."""
    people = {"add_person", "edit_person", "remove_person", "capacity"}
    policy = {"weights", "rule_on", "rule_off", "fairness"}
    pairs = {"pin", "unpin", "bar", "unbar"}
    again = {"earlier", "levels", "pin_all"}
    assert all_changes().keys() == people | policy | pairs | again
