import pytest

from models.domain.participant import Pair
from solver.wording import counted, listed, ordinal, pins_named, points_in_words, rule_title


@pytest.mark.parametrize(
    ("words", "sentence"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_words_are_listed_as_a_sentence_lists_them(words: tuple[str, ...], sentence: str) -> None:
    assert listed(words) == sentence


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th")),
        *((11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (112, "112th"), (122, "122nd")),
    ],
)
def test_places_are_counted_in_english(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no pairs"), (1, "1 pair"), (2, "2 pairs"), (1200, "1,200 pairs")]
)
def test_a_count_agrees_with_what_it_counts(number: int, said: str) -> None:
    assert counted(number, "pair") == said


def test_an_odd_plural_is_given() -> None:
    assert counted(2, "mentor with a mentee", "mentors with a mentee") == "2 mentors with a mentee"


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (0, "0 points"),
        (1000, "1 point"),
        (13_320, "13.32 points"),
        (1_234_500_000, "1,234,500 points"),
    ],
)
def test_points_are_told_in_one_unit(points: int, said: str) -> None:
    assert points_in_words(points) == said


def test_a_rules_title_has_no_internal_spelling() -> None:
    assert rule_title("grade_seniority") == "grade seniority"


def test_pins_are_named_by_their_two_people() -> None:
    one, two = (Pair(mentor=f"M{number}", mentee=f"E{number}") for number in (1, 2))
    assert pins_named([one]) == "the pin of M1 with E1"
    assert pins_named([one, two]) == "the pins of M1 with E1 and M2 with E2"
