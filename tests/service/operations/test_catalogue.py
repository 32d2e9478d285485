from __future__ import annotations

from models.reference import civil_service
from service.operations.catalogue import list_rules
from solver.rulebook import offered_rules


def test_every_rule_is_in_the_catalogue_with_its_meaning_and_a_schema() -> None:
    cards = list_rules(civil_service())
    assert [card.name for card in cards] == list(offered_rules())
    for card in cards:
        assert card.meaning.endswith(".")
        assert card.settings["type"] == "object"
        assert card.settings["additionalProperties"] is False


def test_a_card_names_the_profiles_that_use_the_rule_with_their_settings() -> None:
    (card,) = (card for card in list_rules(civil_service()) if card.name == "preferred_grade_gap")
    weights = {use.profile: use.settings["weight"] for use in card.profiles}
    assert weights == {"civil-service": 20, "staff-network": 12}


def test_what_cannot_be_switched_off_says_so() -> None:
    fixed = {card.name for card in list_rules(civil_service()) if not card.can_be_switched_off}
    assert fixed == {"different_person", "mentee_demand", "mentor_capacity", "pinned_pairs"}
