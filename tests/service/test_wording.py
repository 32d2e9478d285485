"""Figures and proofs in a planner's words."""

from __future__ import annotations

import pytest

from models.domain.result import (
    BlockingPair,
    BlockingPairs,
    FairnessPrice,
    LevelResult,
    PricedLevel,
)
from service.wording import (
    blocking_text,
    fairness_price_text,
    level_figure,
    level_title,
    points_text,
    proof_text,
    reasons,
)
from tests.service.spreadsheets.sheets import a_result


def test_points_are_shown_divided_by_a_thousand() -> None:
    assert points_text(34_048_000) == "34,048.000"
    assert points_text(1) == "0.001"
    assert level_figure("points", 1500) == "1.500"
    assert level_figure("mentees_matched", 1500) == "1,500"


def test_a_level_without_words_of_its_own_is_called_by_its_name() -> None:
    assert level_title("mentors_used") == "mentors used"
    assert level_title("kept_apart") == "kept apart"


def test_a_rate_is_shown_as_a_per_cent() -> None:
    assert level_figure("smallest_group_rate", 855_009) == "85.50%"


def test_a_bucket_is_shown_as_a_number_of_pairs_although_fewer_are_better() -> None:
    level = LevelResult(name="bucket_2", value=-12, bound=-10, proved=False)
    assert level_title(level.name) == "pairs in bucket 2"
    assert level_title("bucket_1") == "pairs in bucket 1 (the lowest points)"
    assert level_figure(level.name, level.value) == "12"
    assert proof_text(level) == "not proved; at most 2 better"


@pytest.mark.parametrize(
    ("proved", "proof", "words"),
    [
        (True, "certified", "certified optimal"),
        (True, "engine:cp-sat", "optimal according to cp-sat"),
        (False, "", "not proved; at most 2.000 better"),
        (False, "certified", "not proved; at most 2.000 better"),
    ],
)
def test_certified_is_said_only_of_what_is_proved_and_certified(
    proved: bool, proof: str, words: str
) -> None:
    level = LevelResult(name="points", value=8000, bound=10000, proved=proved, proof=proof)
    assert proof_text(level) == words


def test_reasons_are_those_that_gave_points_strongest_first() -> None:
    (pair,) = a_result().assignments
    assert [part.rule for part in reasons(pair)] == ["expertise_overlap", "profession_match"]
    assert [part.rule for part in reasons(pair, 1)] == ["expertise_overlap"]


def test_pairs_who_would_rather_have_each_other_are_counted_with_the_largest_gain() -> None:
    worst = (BlockingPair(mentor="M1", mentee="E1", points=9_000, gain=4_500),)
    assert blocking_text(BlockingPairs()) == "no two people would both do better with each other"
    assert blocking_text(BlockingPairs(count=1, worst=worst)) == (
        "1 pair of people would both do better with each other, by up to 4.5 points"
    )
    assert blocking_text(BlockingPairs(count=1_200, worst=worst)).startswith(
        "1,200 pairs of people"
    )


@pytest.mark.parametrize(
    ("mode", "matched", "points", "proved", "words"),
    [
        (
            "total",
            -1,
            40_000,
            True,
            "beside the best by points alone: 1 mentee with a mentor more and 40 points fewer",
        ),
        (
            "coverage",
            0,
            0,
            False,
            (
                "beside the best with as many mentees as possible first: nothing lost and "
                "nothing gained, as far as was found in time"
            ),
        ),
    ],
)
def test_the_price_of_fairness_says_what_is_fewer_and_what_is_more(
    mode: str, matched: int, points: int, proved: bool, words: str
) -> None:
    differences = {"mentees_matched": matched, "points": points}
    levels = tuple(
        PricedLevel(name=name, value=0, bound=0, proved=proved, difference=difference)
        for name, difference in differences.items()
    )
    assert fairness_price_text(FairnessPrice(mode=mode, levels=levels)) == words
