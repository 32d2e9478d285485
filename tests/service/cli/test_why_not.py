"""`pairwell why-not`, on a round that was really solved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell
from tests.service.cli.solved_rounds import a_solved_round

Solved = tuple[Path, Path, dict[str, str]]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """A small round, its result, and who mentors each mentee."""
    solved = a_solved_round(tmp_path_factory.mktemp("solved"))
    return *solved.files, {mentee: mentor for mentor, mentee in solved.pairs}


def test_a_verdict_is_told_in_words(solved: Solved) -> None:
    round_file, result_file, made = solved
    mentee, mentor = next(iter(made.items()))
    done = pairwell("why-not", round_file, result_file, mentor, mentee)
    assert done.exit_code == 0
    assert done.stdout == f"{mentor} and {mentee} are paired.\n"


def test_the_answer_can_be_had_as_json_and_verified(solved: Solved) -> None:
    """Every pair of others; the verdicts of network and solve are the same."""
    round_file, result_file, made = solved
    mentees = list(made)[:3]
    for mentee in mentees:
        mentor = next(other for other in made.values() if other != made[mentee])
        told = [
            json.loads(pairwell("why-not", *files, "--json").stdout)
            for files in (
                (round_file, result_file, mentor, mentee),
                (round_file, result_file, mentor, mentee, "--verify"),
            )
        ]
        assert told[0]["verdict"] == told[1]["verdict"]
        losses = [one.get("change", {}).get("losses") for one in told]
        assert losses[0] == losses[1]


def test_a_file_that_is_no_result_is_refused(solved: Solved, tmp_path: Path) -> None:
    round_file, *_ = solved
    wrong = tmp_path / "result.json"
    wrong.write_text("{}", "utf-8")
    assert pairwell("why-not", round_file, wrong, "M1", "E1").exit_code == 2


def test_the_recruitment_list_is_told_in_words_and_as_json(solved: Solved) -> None:
    """Ten mentees and fewer mentors: somebody is worth recruiting."""
    files = solved[:2]
    told = pairwell("capacity-worth", *files).stdout
    assert "One more place with" in told
    assert "1 more mentee with a mentor" in told
    worth = json.loads(pairwell("capacity-worth", *files, "--json").stdout)
    assert len(worth["next_places"]) == len({place["mentor"] for place in worth["next_places"]})
    assert worth["recruits"][0]["gains"]["mentees_matched"] == 1
