"""The contest of sizes: who runs, who retires, and what is printed."""

from __future__ import annotations

import pytest

from benchmarks.entrants import ENTRANTS, PAIRWELL
from benchmarks.size_tables import summary, table_of_size
from benchmarks.sizes import hold_contest
from benchmarks.trial import hold_trial
from tests.benchmarks.fake_stage import FakeStage

FLOW = next(entrant for entrant in ENTRANTS if entrant.program == "min_cost_flow")
MIP = next(entrant for entrant in ENTRANTS if entrant.program == "highs_mip")
SMALL, LARGE = (12, 14), (20, 25)


def cells(printed: str, title: str) -> list[str]:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in printed.splitlines()]
    (found,) = [row for row in rows if row[:1] == [title]]
    return found


def test_who_has_no_answer_in_time_is_not_run_at_larger_sizes() -> None:
    stage = FakeStage(answers_up_to={FLOW.title: 0})
    hold_contest(stage, [FLOW, MIP], [LARGE, SMALL], seeds=1)
    assert stage.ran == [(FLOW.title, 26), (MIP.title, 26), (MIP.title, 45)]


def test_a_contest_prints_a_table_for_each_size(capsys: pytest.CaptureFixture[str]) -> None:
    hold_contest(FakeStage(), [MIP], [SMALL, LARGE], seeds=1)
    headings = [line for line in capsys.readouterr().out.splitlines() if line.startswith("#")]
    assert [heading.split(":")[0] for heading in headings] == ["### 26 people", "### 45 people"]


def test_a_row_says_what_an_entrant_needed_and_whether_it_is_as_good_as_ours() -> None:
    trial = hold_trial(FakeStage(seconds=2.0), [PAIRWELL, FLOW], SMALL, seed=1)
    row = cells(table_of_size(SMALL, [trial]), FLOW.title)
    assert row[:6] == [FLOW.title, "2.000", "9.00", "8.00", "70", "1"]
    assert row[-3:] == ["0", "no", "yes"]


def test_the_whole_command_stands_beside_our_solve() -> None:
    trial = hold_trial(FakeStage(), [PAIRWELL], SMALL, seed=1)
    printed = table_of_size(SMALL, [trial])
    assert cells(printed, "pairwell match")[2:4] == ["9.00", "8.00"]
    assert cells(printed, "pairwell")[2:4] == ["–", "–"]


def test_without_an_answer_the_row_says_why() -> None:
    trial = hold_trial(FakeStage(answers_up_to={FLOW.title: 0}), [FLOW], SMALL, seed=1)
    assert cells(table_of_size(SMALL, [trial]), FLOW.title)[1:3] == ["no answer in 60 s", "–"]


def test_the_summary_has_a_row_for_each_size_and_tells_who_was_not_run() -> None:
    stage = FakeStage(seconds=2.0, answers_up_to={FLOW.title: 0})
    printed = summary(hold_contest(stage, [MIP, FLOW], [SMALL, LARGE], seeds=1))
    assert cells(printed, "26")[1:] == ["no answer in 60 s", "2.000"]
    assert cells(printed, "45")[1:] == ["not run", "2.000"]
