from __future__ import annotations

from models.reference import civil_service
from scenarios.changes.earlier import Earlier
from scenarios.scenario import BaseRound
from tests.scenarios.rounds import a_document

PAIR = {"mentor": "M1", "mentee": "E1"}


def test_the_pairs_take_the_place_of_any_others() -> None:
    document = a_document(earlier={"pairs": [{"mentor": "M2", "mentee": "E2"}]})
    changed = Earlier.model_validate({"pairs": [PAIR]}).applied(document)
    earlier = BaseRound.read(changed, civil_service()).problem.earlier
    assert [(pair.mentor, pair.mentee, pair.state) for pair in earlier] == [("M1", "E1", "active")]


def test_it_says_how_many_there_are() -> None:
    assert Earlier.model_validate({"pairs": [PAIR]}).told() == "an earlier result has 1 pair"
