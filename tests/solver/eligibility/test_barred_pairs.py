from solver.eligibility.barred_pairs import BarredPairs
from tests.builders import a_mentee, a_mentor, a_person
from tests.voices import permits, reason

RULE = BarredPairs()


def test_a_pair_that_nobody_bars_may_stand() -> None:
    mentor, mentee = a_mentor(avoids=("E2", "X9")), a_mentee(avoids=("M2",))
    world = {"bars": [("M1", "E2")]}
    assert permits(RULE, mentor, mentee, a_mentee("E2"), **world)
    assert (
        reason(RULE, mentor, mentee) == "neither avoids the other, and no planner has barred them"
    )


def test_either_sides_list_bars_the_pair() -> None:
    mentor, mentee = a_mentor(avoids=("E1",)), a_mentee(avoids=("M1",))
    assert not permits(RULE, mentor, a_mentee())
    assert not permits(RULE, a_mentor(), mentee)
    assert reason(RULE, mentor, a_mentee()) == "the mentor M1 avoids E1"
    assert reason(RULE, mentor, mentee) == "the mentor M1 avoids E1 and the mentee E1 avoids M1"


def test_a_list_holds_for_the_section_it_stands_in() -> None:
    """P1 will not mentor P2, and may still be mentored by P2."""
    one, other = a_person("P1", mentor={"avoids": ("P2",)}), a_person("P2")
    assert not permits(RULE, one, other)
    assert permits(RULE, other, one)


def test_a_planners_bar_holds_in_the_direction_it_states() -> None:
    one, other = a_person("P1"), a_person("P2")
    bars = [("P1", "P2")]
    assert not permits(RULE, one, other, bars=bars)
    assert permits(RULE, other, one, bars=bars)
    assert reason(RULE, one, other, bars=bars) == "a planner has barred P1 from mentoring P2"


def test_a_name_means_the_human_behind_it() -> None:
    mentee, other_row = a_mentee("E1", person="P-9"), a_mentor("M9", person="P-9")
    assert not permits(RULE, a_mentor(avoids=("M9",)), mentee, other_row)
    assert not permits(RULE, a_mentor(), mentee, other_row, bars=[("M1", "M9")])
