import pytest

from solver.objectives.keep_pairs import KeepPairs
from tests.builders import a_mentee, a_mentor, a_person
from tests.voices import reason, value

RULE = KeepPairs(weight=10)


@pytest.mark.parametrize("state", ["active", "accepted", "proposed"])
def test_a_pair_of_the_earlier_result_counts_in_full(state: str) -> None:
    earlier = [("M1", "E1", state)]
    assert value(RULE, a_mentor(), a_mentee(), earlier=earlier) == 1000
    assert reason(RULE, a_mentor(), a_mentee(), earlier=earlier) == (
        f"a pair of the earlier result, where it is {state}"
    )


def test_any_other_pair_is_worth_nothing() -> None:
    earlier = [("M1", "X9"), ("X9", "E1")]
    assert value(RULE, a_mentor(), a_mentee(), earlier=earlier) == 0
    assert reason(RULE, a_mentor(), a_mentee()) == "not a pair of the earlier result"


def test_a_pair_is_kept_in_its_own_direction() -> None:
    one, other = a_person("P1"), a_person("P2")
    assert value(RULE, one, other, earlier=[("P1", "P2")]) == 1000
    assert value(RULE, other, one, earlier=[("P1", "P2")]) == 0


def test_a_name_means_the_human_behind_it() -> None:
    mentor, other_row = a_mentor("M1", person="P-9"), a_mentee("E9", person="P-9")
    assert value(RULE, mentor, a_mentee(), other_row, earlier=[("E9", "E1")]) == 1000
