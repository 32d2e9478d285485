from solver.eligibility.different_person import DifferentPerson
from tests.builders import a_mentee, a_mentor, a_person
from tests.voices import permits, reason

RULE = DifferentPerson()


def test_two_people_may_be_paired() -> None:
    assert permits(RULE, a_mentor("M1"), a_mentee("E1"))


def test_nobody_is_their_own_mentor() -> None:
    both = a_person("P1")
    assert not permits(RULE, both, both)


def test_two_references_of_one_human_are_one_person() -> None:
    assert not permits(RULE, a_mentor("M1", person="P-9"), a_mentee("E1", person="P-9"))


def test_the_reason_gives_both_references() -> None:
    both = a_person("P1")
    one, two = a_mentor("M1", person="P-9"), a_mentee("E1", person="P-9")
    assert reason(RULE, a_mentor(), a_mentee()) == "M1 and E1 are different people"
    assert reason(RULE, one, two) == "M1 and E1 are one person"
    assert reason(RULE, both, both) == "P1 would be their own mentor"


def test_it_cannot_be_switched_off() -> None:
    assert not RULE.can_be_switched_off
