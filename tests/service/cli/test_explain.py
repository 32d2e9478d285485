"""`pairwell explain`, on a round that was really solved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell
from tests.service.cli.solved_rounds import SolvedRound, a_solved_round


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> SolvedRound:
    return a_solved_round(tmp_path_factory.mktemp("solved"))


def test_a_pair_is_explained_in_words(solved: SolvedRound) -> None:
    mentor, mentee = solved.pairs[0]
    done = pairwell("explain", *solved.files, mentor, mentee)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{mentor} mentors {mentee}: ")
    assert "possible mentor" in done.stdout


def test_all_pairs_of_one_person_are_explained(solved: SolvedRound) -> None:
    mentor, mentee = solved.pairs[0]
    of_mentor = pairwell("explain", *solved.files, "--mentor", mentor).stdout
    for other, taker in solved.pairs:
        assert (f"{mentor} mentors {taker}: " in of_mentor) is (other == mentor)
    of_mentee = pairwell("explain", *solved.files, "--mentee", mentee).stdout
    assert of_mentee.startswith(f"{mentor} mentors {mentee}: ")


def test_the_answer_can_be_had_as_json(solved: SolvedRound) -> None:
    mentor, mentee = solved.pairs[0]
    (why,) = json.loads(pairwell("explain", *solved.files, mentor, mentee, "--json").stdout)
    assert (why["assignment"]["mentor"], why["assignment"]["mentee"]) == (mentor, mentee)
    assert {"margin", "forced_by", "tied_alternatives"} <= why.keys()


def test_each_audience_is_told_its_own(solved: SolvedRound) -> None:
    mentor, mentee = solved.pairs[0]
    asked = ("explain", *solved.files, mentor, mentee, "--audience")
    digest = json.loads(solved.result_file.read_text("utf-8"))["certificate"]["digest"]
    assert digest in pairwell(*asked, "auditor").stdout
    participant = pairwell(*asked, "participant").stdout
    assert participant.startswith("Your match counts as ")
    assert mentor not in participant


def test_two_who_are_not_paired_are_sent_on(solved: SolvedRound) -> None:
    mentor, mentee = solved.pairs[0][0], solved.pairs[-1][1]
    assert (mentor, mentee) not in solved.pairs
    done = pairwell("explain", *solved.files, mentor, mentee)
    assert done.exit_code == 2
    assert "why-not" in done.stderr


def test_somebody_has_to_be_named(solved: SolvedRound) -> None:
    assert pairwell("explain", *solved.files).exit_code == 2


def test_a_counterfactual_weight_follows_the_verdict(tmp_path: Path) -> None:
    people = [
        {"reference": "M1", "grade": "Grade 7", "remote": True, "mentor": {"offers": ["law"]}},
        {"reference": "M2", "grade": "Grade 7", "remote": True, "mentor": {}},
        {"reference": "E1", "grade": "SEO", "remote": True, "mentee": {"seeks": ["law"]}},
    ]
    solved = a_solved_round(tmp_path, {"participants": people})
    asked = ("why-not", *solved.files, "M2", "E1", "--counterfactual")
    assert "with a weight of 0 for expertise overlap in place of 40" in pairwell(*asked).stdout
    answer, weight = json.loads(pairwell(*asked, "--json").stdout)
    assert answer["verdict"] == "dominated"
    assert weight["change"] == {"rule": "expertise_overlap", "today": 40, "needed": 0}
