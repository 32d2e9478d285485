import pytest

from solver.objectives.stated_preferences import StatedPreferences
from tests.builders import a_mentee, a_mentor, a_person
from tests.voices import reason, value

RULE = StatedPreferences(weight=30)
OTHERS = (a_mentor("M2"), a_mentor("M3"), a_mentee("E2"), a_mentee("E3"))


def test_first_on_both_lists_counts_in_full() -> None:
    assert value(RULE, a_mentor(prefers=("E1",)), a_mentee(prefers=("M1",))) == 1000


def test_on_neither_list_is_worth_nothing() -> None:
    mentor, mentee = a_mentor(prefers=("E2",)), a_mentee(prefers=("M2",))
    assert value(RULE, mentor, mentee, *OTHERS) == 0


@pytest.mark.parametrize(
    ("prefers", "worth"),
    [
        (("M1", "M2", "M3"), 500),
        (("M2", "M1", "M3"), 333),
        (("M2", "M3", "M1"), 166),
        (("M2", "M3"), 0),
    ],
)
def test_a_place_counts_by_how_many_are_left_from_it_on(
    prefers: tuple[str, ...], worth: int
) -> None:
    assert value(RULE, a_mentor(), a_mentee(prefers=prefers), *OTHERS) == worth


def test_the_two_sides_are_added_before_the_one_rounding() -> None:
    """666.67 and 333.33 make 500; each rounded down by itself would make 499."""
    mentor, mentee = a_mentor(prefers=("E2", "E3", "E1")), a_mentee(prefers=("M2", "M1", "M3"))
    assert value(RULE, mentor, mentee, *OTHERS) == 500


def test_names_that_are_not_in_the_round_are_left_out_of_the_count() -> None:
    assert value(RULE, a_mentor(), a_mentee(prefers=("X8", "M1", "X9"))) == 500


def test_people_who_rest_this_time_keep_their_place() -> None:
    resting = a_mentor("M0", capacity=0)
    assert value(RULE, a_mentor(), a_mentee(prefers=("M0", "M1")), resting) == 250


def test_a_list_holds_for_the_section_it_stands_in() -> None:
    one, other = a_person("P1", mentee={"prefers": ("P2",)}), a_person("P2")
    assert value(RULE, other, one) == 500
    assert value(RULE, one, other) == 0


def test_a_name_means_the_human_behind_it() -> None:
    mentor, other_row = a_mentor("M1", person="P-9"), a_mentee("E9", person="P-9")
    assert value(RULE, mentor, a_mentee(prefers=("E9",)), other_row) == 500


def test_the_first_of_two_mentions_counts() -> None:
    mentee = a_mentee(prefers=("M1", "M2", "M1"))
    assert value(RULE, a_mentor(), mentee, *OTHERS) == 500


def test_the_reason_gives_both_places() -> None:
    mentor = a_mentor(prefers=("E1",))
    mentee = a_mentee(prefers=("M2", "M1", "M3", "E2"))
    assert reason(RULE, mentor, mentee, *OTHERS) == (
        "the mentor is 2nd of 4 on the mentee's list and "
        "the mentee is 1st of 1 on the mentor's list"
    )
    assert reason(RULE, a_mentor(), mentee, *OTHERS) == (
        "the mentor is 2nd of 4 on the mentee's list and the mentee is not on the mentor's list"
    )
