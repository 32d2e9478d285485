"""`pairwell match` on a round that nothing can answer, with the true solver."""

from __future__ import annotations

import json
from pathlib import Path

from tests.rounds_without_answer import a_document_without_an_answer
from tests.service.cli.commands import pairwell, written


def test_the_conflict_is_shown_and_the_exit_code_is_3(tmp_path: Path) -> None:
    path = written(tmp_path / "round.json", a_document_without_an_answer())
    result_file = tmp_path / "result.json"
    done = pairwell("match", path, "--output", result_file)
    assert done.exit_code == 3
    assert (
        "infeasible: no pairs can keep all of these together: "
        "the rules coverage floor and group minimum" in " ".join(done.stdout.split())
    )
    result = json.loads(result_file.read_text("utf-8"))
    assert result["conflict"]["rules"] == ["coverage_floor", "group_minimum"]
    assert result["assignments"] == []
    refused = pairwell("verify", result_file, path)
    assert refused.exit_code != 0
    assert "Traceback" not in refused.output


def test_as_json_it_is_the_same_result(tmp_path: Path) -> None:
    path = written(tmp_path / "round.json", a_document_without_an_answer())
    done = pairwell("match", path, "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["run"]["solve_status"] == "infeasible"
