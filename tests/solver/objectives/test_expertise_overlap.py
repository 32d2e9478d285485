import pytest
from pydantic import ValidationError

from solver.objectives.expertise_overlap import ExpertiseOverlap
from tests.builders import a_mentee, a_mentor
from tests.voices import reason, value

RULE = ExpertiseOverlap(weight=40)
PLAIN = ExpertiseOverlap(weight=40, ranked=False)


@pytest.mark.parametrize(
    ("offers", "ranked", "plain"),
    [
        (("a", "b", "c"), 1000, 1000),
        (("a",), 500, 333),
        (("b",), 333, 333),
        (("c",), 166, 333),
        (("a", "c", "z"), 666, 666),
        (("z",), 0, 0),
        ((), 0, 0),
    ],
)
def test_what_is_sought_first_counts_most_and_the_share_is_rounded_down(
    offers: tuple[str, ...], ranked: int, plain: int
) -> None:
    mentor, mentee = a_mentor(offers=offers), a_mentee(seeks=("a", "b", "c"))
    assert value(RULE, mentor, mentee) == ranked
    assert value(PLAIN, mentor, mentee) == plain


def test_nothing_sought_is_worth_nothing() -> None:
    assert value(RULE, a_mentor(offers=("a",)), a_mentee()) == 0


def test_people_who_seek_different_numbers_of_things_are_weighed_each_by_their_own() -> None:
    longer = a_mentee("E2", seeks=("a", "b", "c", "d"))
    assert value(RULE, a_mentor(offers=("a",)), a_mentee(seeks=("a", "b")), longer) == 666


@pytest.mark.parametrize(
    ("offers", "seeks", "words"),
    [
        (("a", "b"), ("b", "a"), "offers both things sought: b, a"),
        (("a",), ("a",), "offers the one thing sought: a"),
        (("a", "b", "c"), ("a", "b", "c"), "offers all 3 things sought: a, b, c"),
        (("b",), ("a", "b"), "offers 1 of 2 things sought: b, but not a"),
        (("z",), ("a", "b"), "offers none of what is sought: a, b"),
        (("z",), (), "the mentee seeks nothing in particular"),
    ],
)
def test_the_reason_names_what_is_sought(
    offers: tuple[str, ...], seeks: tuple[str, ...], words: str
) -> None:
    assert reason(RULE, a_mentor(offers=offers), a_mentee(seeks=seeks)) == words


def test_its_setting_is_true_or_false_and_nothing_else() -> None:
    with pytest.raises(ValidationError):
        ExpertiseOverlap(ranked="no")
