from __future__ import annotations

from scenarios.changes.bar import Bar
from tests.scenarios.rounds import a_document, refusal

PAIR = {"mentor": "M1", "mentee": "E1"}


def test_the_pair_stands_among_the_bars() -> None:
    assert Bar(mentor="M1", mentee="E1").applied(a_document())["bars"] == [PAIR]


def test_a_pair_that_stands_there_already_is_no_change() -> None:
    twice = Bar(mentor="M1", mentee="E1")
    refused = refusal(twice, a_document(bars=[PAIR]))
    assert refused == ("CHANGE_WITHOUT_EFFECT", "mentee")


def test_it_says_so() -> None:
    assert Bar(mentor="M1", mentee="E1").told() == "M1 and E1 must not be paired"
