from __future__ import annotations

from models.domain.comparison import Attribution
from scenarios.change import Change
from scenarios.changes.add_person import AddPerson
from scenarios.changes.capacity import Capacity
from scenarios.changes.remove_person import RemovePerson
from scenarios.changes.rule_on import RuleOn
from tests.scenarios.what_ifs import CountedSolves, a_what_if

PLACE = Capacity(mentor="M1", capacity=2)
LEAVES = RemovePerson(reference="M2")
NEWCOMER = AddPerson.model_validate(
    {"participant": {"reference": "M9", "grade": "Grade 6", "regions": ["Wales"], "mentor": {}}}
)


def test_each_change_is_told_alone_and_as_the_last_one() -> None:
    place, leaves = _attributed(PLACE, LEAVES).effects
    assert (place.alone["mentees_matched"], place.last["mentees_matched"]) == (1, 1)
    assert (leaves.alone["mentees_matched"], leaves.last["mentees_matched"]) == (-1, -1)
    assert (place.told, leaves.told) == ("M1 takes at most 2 mentees", "M2 withdraws")


def test_the_share_is_the_mean_over_all_orders() -> None:
    """Two places for one mentee who is left over: the first to come counts, so half each."""
    attribution = _attributed(PLACE, Capacity(mentor="M2", capacity=2))
    assert attribution.parts == 2
    assert [effect.shares["mentees_matched"] for effect in attribution.effects] == [1, 1]
    assert [effect.alone["mentees_matched"] for effect in attribution.effects] == [1, 1]
    assert [effect.last["mentees_matched"] for effect in attribution.effects] == [0, 0]


def test_a_change_that_needs_another_counts_as_nothing_without_it() -> None:
    places = Capacity(mentor="M9", capacity=5)
    newcomer, more = _attributed(NEWCOMER, places).effects
    assert more.alone["mentees_matched"] == 0
    assert newcomer.alone["mentees_matched"] == 1


def test_of_many_changes_no_shares_are_worked_out() -> None:
    more: list[Change] = [Capacity(mentor="M2", capacity=places) for places in range(2, 8)]
    attribution = _attributed(*more)
    assert attribution.parts == 1
    assert all(effect.shares == {} for effect in attribution.effects)
    assert all(effect.alone["mentees_matched"] == 1 for effect in attribution.effects)


def test_no_round_is_solved_twice() -> None:
    solves = CountedSolves()
    what_if = a_what_if(solves=solves)
    attribution = what_if.attribute([PLACE, PLACE])
    assert len(solves.digests) == 1
    assert attribution.solved == 2, "the round itself and the one with the place"


def test_a_set_of_changes_without_an_answer_is_left_open() -> None:
    impossible = RuleOn(rule="department_quota", settings={"mentees": {"DfE": {"least": 1}}})
    attribution = _attributed(PLACE, impossible)
    assert attribution.open == ((1,), (0, 1))
    place, _ = attribution.effects
    assert place.alone["mentees_matched"] == 1
    assert (place.last, place.shares) == ({}, {})


def _attributed(*changes: Change) -> Attribution:
    return a_what_if().attribute(changes)
