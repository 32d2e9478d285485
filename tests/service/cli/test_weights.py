"""`pairwell weights stability`: where the pairs stay the best."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell, written
from tests.service.cli.solved_rounds import SolvedRound, a_solved_round


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> SolvedRound:
    """A small round with its result."""
    return a_solved_round(tmp_path_factory.mktemp("weights"))


@pytest.mark.slow
def test_both_sides_of_an_edge_are_what_a_solve_says(solved: SolvedRound, tmp_path: Path) -> None:
    """At the edge the pairs still have the most points; one step on, others have more."""
    done = pairwell("weights", "stability", *solved.files, "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    inner = next(one for one in told["weights"] if one["weight"] and one["most"] < 100)
    document = json.loads(solved.round_file.read_text("utf-8"))
    for weight, others_are_better in ((inner["most"], False), (inner["most"] + 1, True)):
        policy = document["policy"] | {"weights": {inner["rule"]: weight}}
        changed = written(tmp_path / "round.json", document | {"policy": policy})
        output = tmp_path / "result.json"
        assert pairwell("match", changed, "--output", output).exit_code == 0
        made = json.loads(output.read_text("utf-8"))["assignments"]
        own = told["points"] + inner["points"] * (weight - inner["weight"]) // inner["weight"]
        assert (sum(pair["points"] for pair in made) > own) == others_are_better


def test_it_says_a_line_for_each_weight_that_is_asked(solved: SolvedRound) -> None:
    done = pairwell("weights", "stability", *solved.files, "--weight", "expertise_overlap")
    assert done.exit_code == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("expertise overlap: weight 40; ")


def test_a_name_that_is_no_soft_objective_is_refused(solved: SolvedRound) -> None:
    done = pairwell("weights", "stability", *solved.files, "--weight", "expertise")
    assert done.exit_code == 2
    assert "expertise_overlap" in done.stderr
