from solver.objectives.shared_characteristic import SharedCharacteristic
from tests.builders import a_mentee, a_mentor
from tests.voices import reason, value

RULE = SharedCharacteristic(weight=6)
CARER = a_mentor(characteristics=("carer", "veteran"))


def test_what_the_mentee_asks_for_counts_in_full() -> None:
    assert value(RULE, CARER, a_mentee(seeks_characteristic="carer")) == 1000


def test_what_the_mentor_does_not_hold_is_worth_nothing() -> None:
    assert value(RULE, CARER, a_mentee(seeks_characteristic="parent")) == 0
    assert value(RULE, a_mentor(), a_mentee(seeks_characteristic="carer")) == 0


def test_a_mentee_who_asks_for_nothing_gets_nothing_from_it() -> None:
    asking = a_mentee("E2", seeks_characteristic="carer")
    assert value(RULE, CARER, a_mentee(), asking) == 0


def test_what_the_mentee_holds_does_not_matter() -> None:
    assert value(RULE, CARER, a_mentee(characteristics=("carer",))) == 0


def test_characteristics_are_compared_as_they_are_given() -> None:
    assert value(RULE, CARER, a_mentee(seeks_characteristic="Carer")) == 0


def test_no_reason_names_the_characteristic() -> None:
    asked = a_mentee(seeks_characteristic="carer")
    assert reason(RULE, CARER, asked) == "the mentor shares what the mentee asked to have in common"
    assert reason(RULE, a_mentor(), asked) == (
        "the mentor does not share what the mentee asked to have in common"
    )
    assert reason(RULE, CARER, a_mentee()) == "the mentee asked for nothing in common"
