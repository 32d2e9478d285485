"""A result on the terminal."""

from __future__ import annotations

import pytest

from models.domain.by_hand import ByHand
from models.domain.participant import Contact, DroppedPin
from models.domain.result import Check, Conflict, FairnessPrice, PricedLevel, Unmatched, WaivedPin
from service.cli.result_tables import print_pairs, print_summary
from tests.service.spreadsheets.sheets import a_result


def test_a_pair_is_shown_with_points_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    print_pairs(a_result())
    shown = capsys.readouterr().out
    assert "M1" in shown
    assert "81.500" in shown
    assert "offers both things sought; near" in shown
    assert "far apart" not in shown


def test_everybody_without_is_shown_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    left = Unmatched(reference="E2", role="mentee", reason="contention", because="all taken")
    print_pairs(a_result(unmatched=[left]))
    shown = capsys.readouterr().out
    assert "without a partner" in shown
    assert "E2" in shown
    assert "all taken" in shown
    assert "fewer than wanted" not in shown


def test_who_has_fewer_than_wanted_is_told_apart_with_both_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    few = Unmatched(
        reference="E1", role="mentee", reason="contention", because="all taken", got=1, wanted=3
    )
    print_pairs(a_result(short=[few]))
    shown = capsys.readouterr().out
    assert "without a partner" not in shown
    heading, row = (
        next(line.split() for line in shown.splitlines() if line.strip().startswith(start))
        for start in ("fewer than wanted", "E1")
    )
    assert heading[3:6] == ["role", "got", "wanted"]
    assert row[1:4] == ["mentee", "1", "3"]


def test_names_are_shown_only_where_they_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    print_pairs(a_result(), {"M1": Contact(name="Ann Other")})
    assert "M1 Ann Other" in capsys.readouterr().out


def test_what_people_wrote_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    print_pairs(a_result(because="[red]loud[/red] \x1b[2J"))
    assert "[red]loud[/red] \\x1b[2J" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("proof", "words"),
    [("certified", "certified optimal"), ("engine:cp-sat", "optimal according to cp-sat")],
)
def test_the_summary_says_what_is_proved(
    proof: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_summary(a_result(proof=proof))
    shown = capsys.readouterr().out
    assert words in shown
    assert ("certified optimal" in shown) == (proof == "certified")
    assert "pairs: 1; mentees without a mentor: 0; optimal" in shown


def test_the_summary_says_who_would_rather_have_each_other_and_what_fairness_costs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fewer = PricedLevel(name="points", value=9_000, bound=9_000, proved=True, difference=500)
    price = FairnessPrice(mode="total", levels=(fewer,))
    print_summary(a_result().model_copy(update={"price_of_fairness": (price,)}))
    shown = capsys.readouterr().out.splitlines()
    assert "no two people would both do better with each other" in shown
    assert "beside the best by points alone: 0.5 points fewer" in shown


def test_the_summary_says_what_ended_the_search_before_its_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = a_result()
    stopped = result.run.model_copy(update={"stopped_by": "work_limit"})
    print_summary(result.model_copy(update={"run": stopped}))
    shown = " ".join(capsys.readouterr().out.split())
    assert "stopped early: the limit on the engine's own count of work was reached" in shown


def test_of_a_round_without_an_answer_the_conflict_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    conflict = Conflict(rules=("group_minimum",), because="no pairs at all can keep it")
    changes = {"levels": (), "assignments": (), "conflict": conflict}
    print_summary(a_result(solve_status="infeasible").model_copy(update=changes))
    assert capsys.readouterr().out.strip() == "infeasible: no pairs at all can keep it"


def test_where_no_answer_was_found_the_limit_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    result = a_result(solve_status="unknown").model_copy(update={"levels": (), "assignments": ()})
    run = result.run.model_copy(update={"stopped_by": "time_limit"})
    print_summary(result.model_copy(update={"run": run}))
    shown = capsys.readouterr().out
    assert shown.startswith("unknown: no answer was found in time")
    assert "time limit" in shown


def test_what_a_planner_chose_is_told_with_its_cost(capsys: pytest.CaptureFixture[str]) -> None:
    result = a_result()
    override = ByHand(
        kind="override", mentor="M1", mentee="E1", losses={"points": 2000}, instead_of="0"
    )
    tie = ByHand(kind="tie_choice", mentor="M1", mentee="E1", instead_of="1")
    run = result.run.model_copy(update={"tie_rule": "chosen", "by_hand": (override, tie)})
    print_summary(result.model_copy(update={"run": run}))
    shown = capsys.readouterr().out
    assert "made by hand: M1 mentors E1, 2 fewer points" in shown
    assert "made by hand: M1 mentors E1, at no cost" in shown
    assert shown.count("a planner chose among equals") == 1


def test_waived_and_dropped_pins_are_shown_with_the_reasons(
    capsys: pytest.CaptureFixture[str],
) -> None:
    check = Check(rule="grade_seniority", because="AA is four grades below SEO")
    waived = WaivedPin(mentor="M1", mentee="E1", checks=(check,))
    dropped = DroppedPin(mentor="M7", mentee="E7", code="PIN_DROPPED", because="[b]no room[/b]")
    print_pairs(a_result().model_copy(update={"waived_pins": (waived,)}))
    shown = capsys.readouterr().out
    assert "AA is four grades below SEO" in shown
    assert "dropped" not in shown
    print_pairs(a_result().model_copy(update={"dropped_pins": (dropped,)}))
    shown = capsys.readouterr().out
    assert "[b]no room[/b]" in shown
    assert "M7" in shown
    assert "waived" not in shown
