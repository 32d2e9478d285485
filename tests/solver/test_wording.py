import pytest

from models.domain.participant import Pair
from solver.wording import listed, ordinal, pins_named, rule_title


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


def test_a_rules_title_has_no_internal_spelling() -> None:
    assert rule_title("grade_seniority") == "grade seniority"


def test_pins_are_named_by_their_two_people() -> None:
    one, two = (Pair(mentor=f"M{number}", mentee=f"E{number}") for number in (1, 2))
    assert pins_named([one]) == "the pin of M1 with E1"
    assert pins_named([one, two]) == "the pins of M1 with E1 and M2 with E2"
