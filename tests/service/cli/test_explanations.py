"""The reader's test: what `pairwell demo --explain` prints reads as plain English."""

from __future__ import annotations

import pytest

from service.cli.explanations import print_explanations, spread
from service.operations.samples import SampleProfile, sample_problem
from solver.levels import LEVELS
from solver.rulebook import all_rules
from tests.in_process import solve_here
from tests.service.cli.commands import pairwell

HEADINGS = ("Why these pairs", "Why not these pairs", "Who is left over, and why")


@pytest.mark.parametrize("profile", ["staff-network", "civil-service"])
def test_no_printed_line_holds_an_internal_name(
    profile: SampleProfile, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = sample_problem("small", profile)
    print_explanations(problem, solve_here(problem))
    lines = capsys.readouterr().out.splitlines()
    names = [name for name in (*all_rules(), *LEVELS) if "_" in name]
    assert not [line for line in lines if "_" in line or any(name in line for name in names)]
    told = [line for line in lines[: lines.index(HEADINGS[-1])] if line and line not in HEADINGS]
    assert all(line.endswith(".") for line in told)


def test_ten_of_each_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    problem = sample_problem("small", "staff-network")
    print_explanations(problem, solve_here(problem))
    printed = capsys.readouterr().out
    parts = printed.split("\n\n")
    texts = [text for text in parts if text.strip() and text.strip() not in HEADINGS]
    begun = [[line for line in text.splitlines() if not line.startswith(" ")] for text in texts]
    assert [len(first_lines) for first_lines in begun] == [10, 10, 10]


def test_the_demo_prints_them(tmp_path: object) -> None:
    done = pairwell("demo", "--no-serve", "--explain", "--folder", tmp_path)
    assert done.exit_code == 0
    assert [heading for heading in HEADINGS if heading in done.stdout] == list(HEADINGS)


def test_items_are_spread_evenly_from_the_first() -> None:
    assert spread(range(10), 3) == [0, 3, 6]
    assert spread(range(2), 3) == [0, 1]
