from models.domain.participant import Pair
from solver.constraints.pinned_pairs import PinnedPairs
from tests.builders import a_mentee, a_mentor, a_person, a_problem
from tests.voices import shares

RULE = PinnedPairs()
PEOPLE = (a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), a_mentee("E2"))
PROBLEM = a_problem(*PEOPLE, pins=[("M1", "E1"), ("M2", "E2")])


def test_every_pin_must_be_made() -> None:
    one, other = Pair(mentor="M1", mentee="E1"), Pair(mentor="M2", mentee="E2")
    assert RULE.breaches(PROBLEM, [one, other]) == []
    assert RULE.breaches(PROBLEM, [other]) == ["M1 is pinned to E1, and the two are not paired"]
    assert len(RULE.breaches(PROBLEM, [Pair(mentor="M1", mentee="E2")])) == 2


def test_a_pin_holds_in_the_direction_it_states() -> None:
    problem = a_problem(a_person("P1"), a_person("P2"), pins=[("P1", "P2")])
    assert RULE.breaches(problem, [Pair(mentor="P2", mentee="P1")])
    assert not RULE.breaches(problem, [Pair(mentor="P1", mentee="P2")])


def test_a_group_is_a_pin_and_other_pairs_have_none() -> None:
    assert shares(RULE, PROBLEM, "M1", "E1") == {'["M1","E1"]': 1}
    assert shares(RULE, PROBLEM, "M2", "E2") == {'["M2","E2"]': 1}
    assert not shares(RULE, PROBLEM, "M1", "E2")
    assert RULE.group_bounds(PROBLEM, '["M1","E1"]') == (1, 1)


def test_without_pins_no_pair_has_a_group() -> None:
    assert not shares(RULE, a_problem(*PEOPLE), "M1", "E1")


def test_a_pin_of_somebody_without_a_place_is_never_kept() -> None:
    """Intake refuses such a pin; the rule does not forget it."""
    problem = a_problem(a_mentor("M1", capacity=0), a_mentee("E1"), pins=[("M1", "E1")])
    assert RULE.limit(problem).label(0) == '["M1","E1"]'
    assert RULE.breaches(problem, [])


def test_it_cannot_be_switched_off() -> None:
    assert not RULE.can_be_switched_off
