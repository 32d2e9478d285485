from models.domain.participant import Pair
from solver.constraints.mentor_capacity import MentorCapacity
from tests.builders import a_mentee, a_mentor, a_problem
from tests.voices import shares

RULE = MentorCapacity()
PROBLEM = a_problem(a_mentor("M1", capacity=2), a_mentee("E1"), a_mentee("E2"), a_mentee("E3"))


def test_a_mentor_may_be_filled_and_not_overfilled() -> None:
    pairs = [Pair(mentor="M1", mentee=mentee) for mentee in ("E1", "E2", "E3")]
    assert RULE.breaches(PROBLEM, []) == []
    assert RULE.breaches(PROBLEM, pairs[:2]) == []
    assert RULE.breaches(PROBLEM, pairs) == ["M1 has 3 mentees and places for 2"]


def test_a_group_is_a_mentor() -> None:
    assert shares(RULE, PROBLEM, "M1", "E1") == {"M1": 1}
    assert RULE.group_bounds(PROBLEM, "M1") == (0, 2)


def test_it_cannot_be_switched_off() -> None:
    assert not RULE.can_be_switched_off
