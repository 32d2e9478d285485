from solver.eligibility.previous_pairs import PreviousPairs
from tests.builders import a_mentee, a_mentor, a_person
from tests.voices import permits, reason

RULE = PreviousPairs()


def test_those_who_never_met_may_be_paired() -> None:
    mentor, mentee = a_mentor(previous_pairs=("E2", "X9")), a_mentee(previous_pairs=("M2",))
    assert permits(RULE, mentor, mentee, a_mentor("M2"), a_mentee("E2"))
    assert reason(RULE, mentor, mentee) == "neither lists the other as an earlier partner"


def test_it_is_enough_that_one_of_them_lists_the_other() -> None:
    listing, listed = a_mentor(previous_pairs=("E1",)), a_mentee(previous_pairs=("M1",))
    assert not permits(RULE, listing, a_mentee())
    assert not permits(RULE, a_mentor(), listed)
    assert reason(RULE, listing, a_mentee()) == "M1 lists E1 as an earlier partner"
    assert reason(RULE, a_mentor(), listed) == "E1 lists M1 as an earlier partner"


def test_an_earlier_pair_is_barred_in_both_directions() -> None:
    one, other = a_person("P1", previous_pairs=("P2",)), a_person("P2")
    assert not permits(RULE, one, other)
    assert not permits(RULE, other, one)


def test_the_humans_count_under_whichever_references() -> None:
    """P-9 met E2's human as a mentee; as a mentor, under another reference, it still counts."""
    mentors_row = a_mentor("M1", person="P-9")
    mentees_row = a_mentee("E9", person="P-9", previous_pairs=("M2",))
    met_as_a_mentor, met_as_a_mentee = a_mentor("M2", person="P-8"), a_mentee("E2", person="P-8")
    people = (mentors_row, met_as_a_mentee, mentees_row, met_as_a_mentor)
    assert not permits(RULE, *people)
    assert reason(RULE, *people) == "M1 lists E2 as an earlier partner"
