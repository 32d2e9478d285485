from __future__ import annotations

import pytest

from models.domain.leftover import Scarcity, Segment
from solver.questions.leftover_words import (
    Outcome,
    competing_in_words,
    forced_in_words,
    scarcity_in_words,
    waiver_falls_short_in_words,
    waiver_in_words,
    waivers_in_words,
)
from solver.questions.words import gains_in_words, losses_in_words

ONE_POINT = losses_in_words({"points": 1_000})
GAINS = {"mentees_matched": 1, "points": -2_500}


def test_a_waiver_says_who_loses_by_it() -> None:
    outcome = Outcome("E1", "mentee", False, "M1", GAINS, ["E2"])
    told = waiver_in_words(outcome, ["travel_region"], ["no common region"])
    assert told == (
        "were travel region waived for E1, they would have a mentor, such as M1 "
        f"(no common region): {gains_in_words(GAINS)}, at the expense of E2"
    )


@pytest.mark.parametrize(
    ("losses", "told"),
    [
        (
            {"points": 0},
            "were a rule waived, being paired with M1 would be just as good as now",
        ),
        (
            {"points": 1_000},
            f"were a rule waived, being paired with M1 would still mean {ONE_POINT}",
        ),
    ],
)
def test_a_waiver_that_does_not_help_says_by_how_much(losses: dict[str, int], told: str) -> None:
    assert waiver_falls_short_in_words(["a_rule"], "M1", losses) == told


def test_what_a_partner_would_cost_is_told_by_role() -> None:
    assert forced_in_words("mentor", {"points": 1_000}, False) == (
        f"a mentee for them would mean {ONE_POINT}"
    )
    assert forced_in_words("mentee", {"points": 0}, True) == (
        "with one more mentor for them it would be just as good; only the lottery decided"
    )


def test_of_many_who_compete_ten_are_named() -> None:
    names = [f"E{n}" for n in range(12)]
    told = competing_in_words("mentee", names)
    assert told.startswith("all places within reach are held by 12 other mentees: E0, ")
    assert told.endswith("E9 and 2 more")
    assert competing_in_words("mentor", ["M1"]).endswith("one other mentor: M1")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ((1, 0, 0), "SEO, Policy: 1 mentee; no place is open to them"),
        (
            (2, 4, 6),
            (
                "SEO, Policy: 2 mentees; 4 places open to them, which 6 mentees could fill, "
                "1.5 for each"
            ),
        ),
    ],
)
def test_scarcity_is_told_by_place(row: tuple[int, int, int], told: str) -> None:
    people, places, eligible = row
    segment = Segment(grade="SEO", profession="Policy")
    one = Scarcity(role="mentee", segment=segment, people=people, places=places, eligible=eligible)
    assert scarcity_in_words(one) == told


def test_sets_of_rules_are_alternatives() -> None:
    assert waivers_in_words([("travel_region",), ("a_rule", "b_rule")]) == (
        "somebody would be eligible without travel region, or without a rule and b rule"
    )
    assert "nobody further would be eligible" in waivers_in_words([])
