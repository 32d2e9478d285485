from __future__ import annotations

from scenarios.changes.unpin import Unpin
from tests.scenarios.rounds import a_document, refusal

PAIR = {"mentor": "M1", "mentee": "E1"}
OTHER = {"mentor": "M2", "mentee": "E1"}


def test_the_pair_stands_no_longer_among_the_pins() -> None:
    changed = Unpin(mentor="M1", mentee="E1").applied(a_document(pins=[PAIR, OTHER]))
    assert changed["pins"] == [OTHER]


def test_a_pair_that_does_not_stand_there_is_no_change() -> None:
    refused = refusal(Unpin(mentor="M1", mentee="E1"), a_document(pins=[OTHER]))
    assert refused == ("CHANGE_WITHOUT_EFFECT", "mentee")


def test_it_says_so() -> None:
    assert Unpin(mentor="M1", mentee="E1").told() == "M1 and E1 need not be paired any more"
