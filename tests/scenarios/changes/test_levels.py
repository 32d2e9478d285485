from __future__ import annotations

from scenarios.changes.levels import Levels
from tests.scenarios.rounds import a_document


def test_the_levels_stand_in_the_policy() -> None:
    changed = Levels(levels=["mentees_matched", "kept", "points"]).applied(a_document())
    assert changed["policy"]["levels"] == ["mentees_matched", "kept", "points"]


def test_none_leaves_them_to_the_profile() -> None:
    document = a_document(policy={"profile": "civil-service", "levels": ["points"]})
    assert Levels(levels=None).applied(document)["policy"] == {"profile": "civil-service"}


def test_it_says_what_comes_first() -> None:
    told = Levels(levels=["mentees_matched", "kept"]).told()
    assert told == "what counts, in this order, is mentees matched and kept"
    assert Levels(levels=None).told() == "the levels are those of the profile"
