from __future__ import annotations

import pytest

from models.domain.participant import Pair
from models.domain.result import Collision
from solver.answers.conflicts import conflict_in_words

ONE = Pair(mentor="M1", mentee="E1")
TWO = Pair(mentor="M2", mentee="E2")
TOGETHER = "no pairs can keep all of these together:"


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            Collision(rules=("department_quota",)),
            "no pairs at all can keep the rule department quota",
        ),
        (
            Collision(rules=("coverage_floor", "group_minimum")),
            f"{TOGETHER} the rules coverage floor and group minimum",
        ),
        (
            Collision(rules=("share_limit",), pins=(ONE,)),
            f"{TOGETHER} the rule share limit and the pin of M1 with E1",
        ),
        (
            Collision(rules=(), pins=(ONE, TWO)),
            f"{TOGETHER} the pins of M1 with E1 and M2 with E2",
        ),
    ],
)
def test_a_conflict_is_told_in_a_sentence_without_internal_names(
    found: Collision, sentence: str
) -> None:
    conflict = conflict_in_words(found)
    assert conflict.because == sentence
    assert (conflict.rules, conflict.pins, conflict.minimal) == (found.rules, found.pins, True)


def test_a_pair_that_only_a_question_has_pinned_is_no_pin() -> None:
    found = Collision(rules=("department_quota",), pins=(ONE, TWO))
    assert conflict_in_words(found, forced=TWO).because == (
        "no pairs can keep all of these together: the pair of M2 and E2, "
        "the rule department quota and the pin of M1 with E1"
    )


def test_a_set_that_may_be_too_large_says_so() -> None:
    found = Collision(rules=("a_rule", "b_rule"), minimal=False)
    conflict = conflict_in_words(found)
    assert not conflict.minimal
    assert conflict.because.endswith(
        "(perhaps not all of these are needed: the search for the fewest ended early)"
    )
