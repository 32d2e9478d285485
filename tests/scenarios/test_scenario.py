from __future__ import annotations

import pytest

from models.reference import civil_service
from scenarios.change import Change
from scenarios.changes.add_person import AddPerson
from scenarios.changes.capacity import Capacity
from scenarios.changes.pin import Pin
from scenarios.changes.remove_person import RemovePerson
from scenarios.changes.weights import Weights
from scenarios.scenario import BaseRound, open_scenario
from tests.scenarios.rounds import a_base, a_document


def test_changes_are_made_one_after_the_other() -> None:
    newcomer = {"reference": "M9", "grade": "SCS1", "regions": ["Wales"], "mentor": {}}
    joins = AddPerson.model_validate({"participant": newcomer})
    scenario = open_scenario(a_base(), [joins, Capacity(mentor="M9", capacity=4)])
    assert scenario.problem is not None
    assert scenario.problem.by_reference["M9"].mentoring.capacity == 4


def test_without_changes_it_is_the_round_itself() -> None:
    base = a_base()
    scenario = open_scenario(base, [])
    assert scenario.problem is not None
    assert scenario.problem.digest == base.problem.digest


def test_who_leaves_draws_no_new_lots_for_the_others() -> None:
    base = a_base()
    scenario = open_scenario(base, [RemovePerson(reference="E1")])
    assert scenario.problem is not None
    stayed = [one for one in base.problem.participants if one.reference != "E1"]
    assert list(scenario.problem.participants) == stayed
    assert scenario.problem.tie_salt == base.problem.tie_salt


def test_every_change_that_cannot_be_made_is_told_at_once() -> None:
    changes = [RemovePerson(reference="X1"), Capacity(mentor="E1", capacity=2)]
    scenario = open_scenario(a_base(), changes)
    assert scenario.problem is None
    assert [(issue.code, issue.pointer) for issue in scenario.issues] == [
        ("CHANGE_UNKNOWN_PERSON", "/changes/0/reference"),
        ("CHANGE_NOT_A_MENTOR", "/changes/1/mentor"),
    ]


def test_what_is_wrong_with_the_changed_round_points_into_it() -> None:
    changes: list[Change] = [Pin(mentor="M1", mentee="X1"), Weights(weights={"expertise": 1})]
    scenario = open_scenario(a_base(), changes)
    assert scenario.problem is None
    assert {(issue.code, issue.pointer) for issue in scenario.issues} == {
        ("UNKNOWN_RULE", "/round/policy/weights/expertise"),
        ("PIN_UNKNOWN_PERSON", "/round/pins/0/mentee"),
    }


def test_the_address_follows_from_the_round_and_the_changes_in_their_order() -> None:
    first, second = Capacity(mentor="M1", capacity=2), Capacity(mentor="M2", capacity=2)
    base = a_base()
    address = open_scenario(base, [first, second]).digest
    assert open_scenario(a_base(), [first, second]).digest == address
    assert open_scenario(base, [second, first]).digest != address
    assert open_scenario(a_base(name="Another"), [first, second]).digest != address


def test_a_round_with_errors_is_the_base_of_nothing() -> None:
    with pytest.raises(ValueError, match="without errors"):
        BaseRound.read(a_document(pins=[{"mentor": "X1", "mentee": "E1"}]), civil_service())
