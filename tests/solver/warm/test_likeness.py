from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.warm.likeness import GONE, Likeness, Mentions
from tests.builders import a_mentee, a_mentor, a_problem


def test_whoever_is_unchanged_and_names_nobody_changed_is_the_same() -> None:
    people = a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), a_mentee("E2")
    assert _anew(people, (*people[:3], a_mentee("E2", profession="Policy"))) == {"E2"}


def test_places_and_wishes_make_nobody_another() -> None:
    people = a_mentor("M1"), a_mentee("E1")
    assert _anew(people, (a_mentor("M1", capacity=3), a_mentee("E1", wants=2, tier=1))) == set()


def test_whoever_names_somebody_who_left_is_looked_at_anew() -> None:
    others = (
        a_mentor("M1", avoids=("E2",)),
        a_mentor("M2", prefers=("E2",)),
        a_mentor("M3", previous_pairs=("E2",)),
        a_mentor("M4", line_manager="E2"),
        a_mentor("M5"),
        a_mentee("E1"),
    )
    assert _anew((*others, a_mentee("E2")), others) == {"M1", "M2", "M3", "M4"}


def test_whoever_names_somebody_who_came_is_looked_at_anew() -> None:
    others = a_mentor("M1", prefers=("E2",)), a_mentor("M2"), a_mentee("E1")
    assert _anew(others, (*others, a_mentee("E2"))) == {"M1", "E2"}


def test_whose_manager_has_another_manager_is_looked_at_anew() -> None:
    boss, mentor = a_mentee("BOSS", line_manager="TOP"), a_mentor("M1")
    report = a_mentee("E1", line_manager="BOSS")
    moved = a_mentee("BOSS", line_manager="M1")
    assert _anew((boss, report, mentor), (moved, report, mentor)) == {"BOSS", "E1"}


def test_both_rows_of_a_human_are_looked_at_anew_where_one_is_another() -> None:
    one, other = a_mentor("M1", person="P"), a_mentee("E1", person="P")
    there = a_mentee("E2")
    moved = a_mentor("M1", person="P", line_manager="E2")
    assert {"M1", "E1"} <= _anew((one, other, there), (moved, other, there))


def test_a_bar_asks_again_of_its_pair_alone() -> None:
    people = a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), a_mentee("E2")
    before, after = a_problem(*people), a_problem(*people, bars=[("M1", "E2")])
    for one, other in ((before, after), (after, before)):
        like = Mentions(one).likeness(other)
        assert like is not None
        assert like.same == 4
        assert like.again == ((other.mentor_at["M1"], other.mentee_at["E2"]),)


def test_rounds_with_other_salts_or_an_earlier_result_are_not_compared() -> None:
    people = a_mentor("M1"), a_mentee("E1")
    mentions = Mentions(a_problem(*people))
    assert mentions.likeness(a_problem(*people, tie_salt="another")) is None
    assert mentions.likeness(a_problem(*people, earlier=[("M1", "E1")])) is None


def _anew(before: tuple[Participant, ...], after: tuple[Participant, ...]) -> set[str]:
    """Whose pairs are looked at anew in the second round."""
    one, other = (a_problem(*people, tie_salt="salt") for people in (before, after))
    like = Mentions(one).likeness(other)
    assert like is not None
    return _others(other, like)


def _others(other: Problem, like: Likeness) -> set[str]:
    sides = (other.mentors, like.mentors), (other.mentees, like.mentees)
    return {
        person.reference
        for people, places in sides
        for place, person in enumerate(people)
        if place not in set(places.tolist()) - {GONE}
    }
