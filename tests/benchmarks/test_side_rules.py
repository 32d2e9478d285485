"""The benchmark of side rules: its gap, and what it prints."""

from __future__ import annotations

import pytest

from benchmarks.answer import Answer, Score
from benchmarks.contest import Entry
from benchmarks.measurement import Measurement
from benchmarks.side_rule_trial import SideRuleTrial, Variant
from benchmarks.side_rules import section
from models.domain.result import LevelResult
from scenarios.side_rules import TIGHTNESS

VARIANT = Variant(mentors=30, mentees=40, both=5, tightness=TIGHTNESS["tight"])
MATCHED = LevelResult(name="mentees_matched", value=9, bound=9, proved=True, proof="certified")


def a_trial(points: LevelResult, seconds: float = 2.0) -> SideRuleTrial:
    answer = Answer((), seconds, proved=True, status="optimal", levels=(MATCHED, points))
    return SideRuleTrial(
        7, Entry(Measurement(3.0, 4.0, 50.0), seconds, answer), Score(9, 9, 8, 2000, 0)
    )


def points(value: int, bound: int, certified_bound: int | None) -> LevelResult:
    return LevelResult(
        name="points",
        value=value,
        bound=bound,
        proved=value == bound,
        proof="engine:highs" if value == bound else "",
        certified_bound=certified_bound,
    )


@pytest.mark.parametrize(
    ("level", "gap"), [(points(2000, 2000, 2010), 0.5), (points(2000, 2002, None), 0.1)]
)
def test_the_gap_is_that_of_the_certified_bound(level: LevelResult, gap: float) -> None:
    assert a_trial(level).certified_gap("points") == pytest.approx(gap)


def test_an_answer_without_the_level_has_no_gap() -> None:
    assert SideRuleTrial(7, why_none="no answer in 60 s").certified_gap("points") is None


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_each_round_has_a_row_and_below_are_the_median_and_the_worst() -> None:
    trials = [a_trial(points(2000, 2000, 2010), seconds) for seconds in (1.0, 2.0, 9.0)]
    rows = section("tight", VARIANT, trials).splitlines()
    assert rows[0] == "### tight: 65 people, 30 mentors, 40 mentees, 5 of them both"
    assert cells(rows[4]) == [
        *("7", "1.00", "50", "optimal", "9", "9", "certified"),
        *("2.00", "2.01", "0.5000", "engine:highs", "0"),
    ]
    proved = ["3 of 3 optimal", "–", "–", "3 of 3", "–", "–", "0.5000", "3 of 3", "0"]
    assert cells(rows[-2]) == ["median", "2.00", "50", *proved]
    assert cells(rows[-1]) == ["worst", "9.00", "50", *proved]


def test_a_round_without_an_answer_says_why() -> None:
    printed = section("tight", VARIANT, [SideRuleTrial(7, why_none="no answer in 60 s")])
    assert "| 7      | no answer in 60 s |" in printed
