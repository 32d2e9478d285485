from __future__ import annotations

from scenarios.changes.fairness import Fairness
from tests.scenarios.rounds import a_document


def test_the_mode_stands_in_the_policy_with_its_settings() -> None:
    chosen = {"mode": "floor", "floor": {"points": 20000}}
    changed = Fairness.model_validate({"fairness": chosen}).applied(a_document())
    assert changed["policy"] == {"profile": "civil-service", "fairness": chosen}


def test_null_takes_the_mode_away() -> None:
    document = a_document(policy={"fairness": {"mode": "total"}})
    assert Fairness(fairness=None).applied(document)["policy"] == {}


def test_it_names_the_mode() -> None:
    assert Fairness.model_validate({"fairness": {"mode": "max_floor"}}).told() == (
        "fairness mode max floor"
    )
    assert Fairness(fairness=None).told() == "no fairness mode"
