from __future__ import annotations

from scenarios.changes.pin_all import PinAll
from tests.scenarios.rounds import a_document

FIRST, SECOND = {"mentor": "M1", "mentee": "E1"}, {"mentor": "M2", "mentee": "E2"}


def test_the_pairs_stand_beside_the_pins_each_of_them_once() -> None:
    """White space around a reference does not make it another."""
    pinned = {"mentor": " M1", "mentee": "E1 "}
    changed = PinAll.model_validate({"pairs": [FIRST, SECOND]}).applied(a_document(pins=[pinned]))
    assert changed["pins"] == [pinned, SECOND]


def test_it_says_how_many() -> None:
    assert PinAll.model_validate({"pairs": [FIRST, SECOND]}).told() == "2 pairs must be made"
