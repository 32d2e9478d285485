"""Every contestant's answer is read alike and counted by our judge."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.answer import Answer, Score, by_reference, read_answer, score
from models.domain.participant import Contact, Pair
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

M1_E1 = Pair(mentor="M1", mentee="E1")


def test_an_answer_needs_only_pairs_and_seconds(tmp_path: Path) -> None:
    written = tmp_path / "answer.json"
    document = {"run": {"seconds": 1.5}, "assignments": [{"mentor": "M1", "mentee": "E1"}]}
    written.write_text(json.dumps(document))
    assert read_answer(written) == Answer((M1_E1,), 1.5, proved=False)


def test_an_answer_is_proved_where_the_contestant_says_optimal(tmp_path: Path) -> None:
    written = tmp_path / "answer.json"
    run = {"seconds": 1.5, "solve_status": "optimal"}
    written.write_text(json.dumps({"run": run, "assignments": []}))
    assert read_answer(written).proved


def test_the_judge_counts_people_points_and_broken_rules() -> None:
    """M1 has one place, so a second mentee breaks a rule; both pairs count."""
    problem = a_problem(
        a_mentor("M1", profession="Policy"),
        a_mentee("E1", profession="Policy"),
        a_mentee("E2", profession="Legal"),
        policy=a_policy("grade_seniority", profession_match={"weight": 15}),
    )
    assert score(problem, [M1_E1]) == Score(1, 1, 1, 15000, 0)
    assert score(problem, [M1_E1, Pair(mentor="M1", mentee="E2")]) == Score(2, 2, 1, 15000, 1)


def test_addresses_are_turned_into_references() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"))
    contacts = {"M1": Contact(email="anna@example.org"), "E1": Contact(email="ben@example.org")}
    named = [Pair(mentor="anna@example.org", mentee="ben@example.org")]
    assert by_reference(problem, contacts, named) == [M1_E1]
