from __future__ import annotations

from models.reference import civil_service
from scenarios.changes.weights import Weights
from scenarios.scenario import BaseRound
from solver.rulebook import choose_rules
from tests.scenarios.rounds import a_document


def test_the_weights_given_are_set_and_the_others_stay() -> None:
    policy = {"profile": "civil-service", "weights": {"shared_region": 3}}
    changed = Weights(weights={"expertise_overlap": 60}).applied(a_document(policy=policy))
    assert changed["policy"]["weights"] == {"shared_region": 3, "expertise_overlap": 60}


def test_a_weight_takes_the_place_of_one_among_the_rule_s_settings() -> None:
    """A weight that is given twice would be refused."""
    rules = {"expertise_overlap": {"weight": 10, "ranked": False}}
    document = a_document(policy={"profile": "civil-service", "rules": rules})
    found = _weights_of(Weights(weights={"expertise_overlap": 60}).applied(document))
    assert found["expertise_overlap"] == 60


def test_an_objective_that_was_off_counts_again() -> None:
    document = a_document(policy={"profile": "civil-service", "off": ["expertise_overlap"]})
    found = _weights_of(Weights(weights={"expertise_overlap": 60}).applied(document))
    assert found["expertise_overlap"] == 60


def test_a_weight_of_nothing_switches_off() -> None:
    found = _weights_of(Weights(weights={"expertise_overlap": 0}).applied(a_document()))
    assert "expertise_overlap" not in found


def test_it_says_the_weights() -> None:
    told = Weights(weights={"expertise_overlap": 60, "shared_region": 0}).told()
    assert told == "weight of expertise overlap 60 and shared region 0"


def _weights_of(document: dict[str, object]) -> dict[str, int]:
    policy = BaseRound.read(document, civil_service()).problem.policy
    return {rule.name: rule.weight for rule in choose_rules(policy).objectives}
