from models.domain.participant import Pair
from solver.constraints.one_direction import OneDirection
from tests.builders import a_mentee, a_mentor, a_person, a_problem
from tests.voices import shares

RULE = OneDirection()
PROBLEM = a_problem(a_person("P1"), a_person("P2"), a_person("P3"), a_mentor("M1"))


def test_two_people_may_be_paired_in_one_direction_only() -> None:
    there, back = Pair(mentor="P1", mentee="P2"), Pair(mentor="P2", mentee="P1")
    assert RULE.breaches(PROBLEM, [there]) == []
    assert RULE.breaches(PROBLEM, [there, back]) == ["P1 and P2 mentor each other"]


def test_a_ring_of_three_may_stand() -> None:
    ring = [("P1", "P2"), ("P2", "P3"), ("P3", "P1")]
    assert RULE.breaches(PROBLEM, [Pair(mentor=m, mentee=e) for m, e in ring]) == []


def test_a_group_is_two_people_whichever_of_them_mentors() -> None:
    assert shares(RULE, PROBLEM, "P1", "P2") == {'["P1","P2"]': 1}
    assert shares(RULE, PROBLEM, "P2", "P1") == {'["P1","P2"]': 1}
    assert shares(RULE, PROBLEM, "P3", "P2") == {'["P2","P3"]': 1}
    assert RULE.group_bounds(PROBLEM, '["P1","P2"]') == (0, 1)


def test_only_people_who_stand_on_both_sides_have_a_group() -> None:
    assert not shares(RULE, PROBLEM, "M1", "P1")
    assert not shares(RULE, PROBLEM, "P1", "P1")
    resting = a_problem(a_person("P1"), a_person("P2", mentor={"capacity": 0}))
    assert not shares(RULE, resting, "P1", "P2")


def test_the_humans_count_under_whichever_references() -> None:
    problem = a_problem(
        *(a_mentor("A1", person="A"), a_mentee("A2", person="A")),
        *(a_mentor("B1", person="B"), a_mentee("B2", person="B")),
    )
    assert (
        shares(RULE, problem, "A1", "B2") == shares(RULE, problem, "B1", "A2") == {'["A","B"]': 1}
    )
    pairs = [Pair(mentor="A1", mentee="B2"), Pair(mentor="B1", mentee="A2")]
    assert RULE.breaches(problem, pairs) == ["A and B mentor each other"]


def test_labels_cannot_be_mistaken_for_one_another() -> None:
    """With a plain separator the two groups would have one label."""
    problem = a_problem(*(a_person(name) for name in ("a", "b|c", "a|b", "c")))
    assert shares(RULE, problem, "a", "b|c") != shares(RULE, problem, "a|b", "c")
