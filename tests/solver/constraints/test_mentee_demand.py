from models.domain.participant import Pair
from solver.constraints.mentee_demand import MenteeDemand
from tests.builders import a_mentee, a_mentor, a_problem
from tests.voices import shares

RULE = MenteeDemand()
PROBLEM = a_problem(a_mentee("E1", wants=2), a_mentor("M1"), a_mentor("M2"), a_mentor("M3"))


def test_a_mentee_may_get_what_they_want_and_not_more() -> None:
    pairs = [Pair(mentor=mentor, mentee="E1") for mentor in ("M1", "M2", "M3")]
    assert RULE.breaches(PROBLEM, []) == []
    assert RULE.breaches(PROBLEM, pairs[:2]) == []
    assert RULE.breaches(PROBLEM, pairs) == ["E1 has 3 mentors and wants 2"]


def test_a_group_is_a_mentee() -> None:
    assert shares(RULE, PROBLEM, "M1", "E1") == {"E1": 1}
    assert RULE.group_bounds(PROBLEM, "E1") == (0, 2)


def test_it_cannot_be_switched_off() -> None:
    assert not RULE.can_be_switched_off
