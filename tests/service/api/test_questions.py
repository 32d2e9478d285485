"""Questions over HTTP, about rounds that were really solved."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from service.operations.desk import MOST_KEPT
from solver.questions.asking import Questions
from solver.report import RunFacts, report_no_answer
from tests.service.services import Caller, a_service
from tests.service.solved import a_contested_document, really_solved


def asked(caller: Caller, run: str, what: str, **given: str) -> Any:
    return caller.get(f"{run}/{what}?{urlencode(given)}")


@pytest.mark.parametrize("verify", ["false", "true"])
def test_why_not_is_answered_with_the_loss_and_who_would_move(tmp_path: Path, verify: str) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        answer = asked(caller, run, "why-not", mentor="M-1", mentee="E-2", verify=verify)
    found = answer.json()
    assert answer.status_code == 200
    assert (found["verdict"], found["verified"]) == ("dominated", verify == "true")
    assert found["change"]["losses"] == {"mentees_matched": 0, "points": 40_000}
    assert {move["reference"] for move in found["change"]["moves"]} == {"E-1", "E-2"}


def test_why_not_about_people_who_are_not_there_is_a_verdict(tmp_path: Path) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted()
        answer = asked(caller, run, "why-not", mentor="HR/9?x", mentee="E-1")
    assert answer.json()["verdict"] == "not_in_round"


def test_alternatives_come_in_pages_those_that_cost_least_first(tmp_path: Path) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        page = asked(caller, run, "alternatives", mentee="E-2", limit="1").json()
        rest = caller.get(page["next"]).json()
        of_mentor = asked(caller, run, "alternatives", mentor="M-1").json()
    found = page["items"] + rest["items"]
    assert rest["next"] is None
    assert [(a["mentor"], a["made"], a["losses"]["points"]) for a in found] == [
        ("M-2", True, 0),
        ("M-1", False, 40_000),
    ]
    assert [a["mentee"] for a in of_mentor["items"]] == ["E-1", "E-2"]


@pytest.mark.parametrize("given", [{}, {"mentor": "M-1", "mentee": "E-1"}])
def test_alternatives_are_those_of_one_person(tmp_path: Path, given: dict[str, str]) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted()
        answer = asked(caller, run, "alternatives", **given)
    assert answer.status_code == 400
    assert answer.json()["issues"][0]["code"] == "PARAMETER_INVALID"


def test_nobody_has_alternatives_in_a_role_that_is_not_theirs(tmp_path: Path) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted()
        answer = asked(caller, run, "alternatives", mentor="E-1")
    assert answer.status_code == 404
    assert answer.json()["issues"][0]["code"] == "PERSON_UNKNOWN"


def test_what_places_are_worth_is_one_table(tmp_path: Path) -> None:
    """Three mentees, two mentors with one place each: any further place adds a mentee."""
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted()
        worth = caller.get(f"{run}/capacity-worth").json()
    assert [place["gains"]["mentees_matched"] for place in worth["next_places"]] == [1, 1]
    assert worth["recruits"][0]["gains"]["mentees_matched"] == 1


def test_a_result_that_its_prices_do_not_prove_says_so(tmp_path: Path) -> None:
    """The fake solver's result has no prices at all."""
    with a_service(tmp_path) as caller:
        run = caller.submitted()
        answers = [
            caller.get(f"{run}/capacity-worth"),
            asked(caller, run, "alternatives", mentee="E-1"),
        ]
    assert {answer.status_code for answer in answers} == {409}
    assert {answer.json()["issues"][0]["code"] for answer in answers} == {"RESULT_NOT_PRICED"}


def test_a_result_is_made_ready_once_and_the_oldest_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    class Counted(Questions):
        def __init__(self, *given: Any) -> None:
            made.append(given)
            super().__init__(*given)

    monkeypatch.setattr("service.operations.desk.Questions", Counted)
    with a_service(tmp_path, really_solved) as caller:
        runs = [caller.submitted() for _ in range(MOST_KEPT + 1)]
        for run in (runs[0], runs[0], *runs[1:], runs[0]):
            assert caller.get(f"{run}/capacity-worth").status_code == 200
    assert len(made) == MOST_KEPT + 2


def test_a_run_without_a_result_cannot_be_asked_about(tmp_path: Path) -> None:
    missing = "/v1/runs/00000000-0000-0000-0000-000000000000"
    with a_service(tmp_path) as caller:
        answer = asked(caller, missing, "why-not", mentor="M-1", mentee="E-1")
    assert answer.status_code == 404
    assert answer.json()["issues"][0]["code"] == "RUN_UNKNOWN"


def test_why_this_pair_comes_with_its_margin_and_its_ties(tmp_path: Path) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        why = asked(caller, run, "why", mentor="M-1", mentee="E-1").json()
        nobody = asked(caller, run, "why", mentor="M-1", mentee="E-2")
    assert (why["margin"], why["closest"]) == (40_000, "M-2")
    assert why["assignment"]["points"] == sum(
        part["points"] for part in why["assignment"]["contributions"]
    )
    assert nobody.status_code == 404
    assert nobody.json()["issues"][0]["code"] == "PAIR_NOT_MADE"


def test_a_participant_is_told_nothing_of_anybody_else(tmp_path: Path) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        pair = {"mentor": "M-1", "mentee": "E-2"}
        planner = asked(caller, run, "told", **pair).json()["sentences"]
        person = asked(caller, run, "told", **pair, audience="participant").json()["sentences"]
        wrong = asked(caller, run, "told", **pair, audience="press")
    assert "E-1" in " ".join(planner)
    assert "E-1" not in " ".join(person)
    assert wrong.status_code == 400


def test_ties_are_those_of_one_person(tmp_path: Path) -> None:
    """Three mentees for two mentors, all of them equal: any two will do."""
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted()
        ties = asked(caller, run, "ties", mentor="M-1").json()
        nobody = asked(caller, run, "ties", mentee="M-1")
    assert len(ties["tied"]) == 2
    assert nobody.status_code == 404


def test_who_is_left_over_is_told_what_would_help(tmp_path: Path) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted()
        report = caller.get(f"{run}/unmatched-report").json()
        (left,) = report["unmatched"]
        own = asked(caller, run, "unmatched-report", reference=left["reference"]).json()
        matched = ({"E-1", "E-2", "E-3"} - {left["reference"]}).pop()
        nobody = asked(caller, run, "unmatched-report", reference=matched)
    assert left["reason"] == "contention"
    assert {remedy["kind"] for remedy in left["remedies"]} >= {"next_place"}
    assert own["unmatched"][0]["reference"] == left["reference"]
    assert nobody.status_code == 404


def test_the_smallest_change_of_a_weight_that_would_pair_two_is_found(tmp_path: Path) -> None:
    """M-1 is E-1's only for the weight of what E-1 seeks; nothing else tells the two apart."""
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        found = asked(caller, run, "counterfactual", mentor="M-1", mentee="E-2").json()
    assert found["status"] == "found"
    assert found["change"] == {"rule": "expertise_overlap", "today": 40, "needed": 0}
    assert found["answer"]["verdict"] in ("tied", "already_matched")


def test_a_search_for_a_weight_ends_with_the_time_of_a_question(tmp_path: Path) -> None:
    with a_service(tmp_path, really_solved, question_time_limit=1e-6) as caller:
        run = caller.submitted(a_contested_document())
        found = asked(caller, run, "counterfactual", mentor="M-1", mentee="E-2").json()
    assert (found["status"], found["ruled_out_below"]) == ("unknown", 1)


def test_the_price_of_fairness_is_told_of_a_result_whose_policy_names_no_mode(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        every = caller.get(f"{run}/fairness-price").json()
        (total,) = asked(caller, run, "fairness-price", mode="total").json()
        none_such = asked(caller, run, "fairness-price", mode="lottery")
    assert [price["mode"] for price in every] == ["total", "coverage"]
    assert total == every[0]
    assert [level["difference"] for level in total["levels"]] == [0, 0]
    assert none_such.status_code == 400


def test_a_result_without_an_answer_has_no_price_of_fairness(tmp_path: Path) -> None:
    def without_answer(problem: Problem, *_: object, **_more: object) -> MatchResult:
        return report_no_answer(problem, RunFacts())

    with a_service(tmp_path, without_answer) as caller:
        run = caller.submitted()
        answer = caller.get(f"{run}/fairness-price")
    assert answer.status_code == 409
    assert answer.json()["issues"][0]["code"] == "RESULT_WITHOUT_ANSWER"
