from __future__ import annotations

from scenarios.changes.unbar import Unbar
from tests.scenarios.rounds import a_document, refusal

PAIR = {"mentor": "M1", "mentee": "E1"}
OTHER = {"mentor": "M2", "mentee": "E1"}


def test_the_pair_stands_no_longer_among_the_bars() -> None:
    changed = Unbar(mentor="M1", mentee="E1").applied(a_document(bars=[PAIR, OTHER]))
    assert changed["bars"] == [OTHER]


def test_a_pair_that_does_not_stand_there_is_no_change() -> None:
    refused = refusal(Unbar(mentor="M1", mentee="E1"), a_document(bars=[OTHER]))
    assert refused == ("CHANGE_WITHOUT_EFFECT", "mentee")


def test_it_says_so() -> None:
    assert Unbar(mentor="M1", mentee="E1").told() == "M1 and E1 may be paired again"
