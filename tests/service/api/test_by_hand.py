"""Choices among equals and overrides over HTTP, of rounds that were really solved."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.reference import civil_service
from service.operations.rounds import check_round
from service.security.keys import prefix_of
from solver.judge.verify import verify_result
from solver.questions.by_hand import with_overrides
from tests.service.rounds_in_hand import a_draft
from tests.service.services import Caller, a_document, a_result, a_service, all_rows
from tests.service.solved import a_contested_document, really_solved

COSTLY = {"mentor": "M-1", "mentee": "E-2"}
"""The pair of the contested round that was not made, and costs 40 points."""

REASON = {"reason": "They asked for each other."}


def changed(caller: Caller, run: str, how: str, body: Any, **headers: str) -> Any:
    given = caller.headers() | {"content-type": "application/json"} | headers
    return caller.client.post(f"{run}/{how}", content=json.dumps(body), headers=given)


def other_pair(caller: Caller, run: str) -> dict[str, str]:
    """A pair that the lottery might as well have made, for the mentor M-1."""
    tied = caller.get(f"{run}/ties?mentor=M-1").json()["tied"][0]
    return {"mentor": tied["mentor"], "mentee": tied["mentee"]}


def test_an_override_is_a_run_of_its_own_with_what_it_cost(tmp_path: Path) -> None:
    """Its result is certified for the round with the pin, and can be asked about like any."""
    document = a_contested_document()
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(document)
        before = caller.get(f"{run}/result").json()
        answer = changed(caller, run, "override", COSTLY | REASON)
        made = answer.json()
        after = caller.get(made["links"]["result"]).json()
        seen = caller.get(answer.headers["location"]).json()
        why = caller.get(f"{made['links']['run']}/why?mentor=M-1&mentee=E-2").json()
        assert caller.get(f"{run}/result").json() == before
    assert answer.status_code == 201
    assert made["pair"]["losses"] == {"mentees_matched": 0, "points": 40_000}
    assert made["because"] == "M-1 now mentors E-2: 40 fewer points"
    assert made["links"]["origin"] == run
    assert (seen["status"], seen["solve_status"]) == ("solved", "optimal")
    assert {(pair["mentor"], pair["mentee"]) for pair in after["assignments"]} == {
        ("M-1", "E-2"),
        ("M-2", "E-1"),
    }
    assert why["forced_by"] == "pin"
    result = MatchResult.model_validate(after)
    round_ = check_round(json.dumps(document).encode(), civil_service()).problem
    assert verify_result(with_overrides(round_, result), result).accepted


def test_a_choice_among_equals_costs_nothing_and_keeps_the_round(tmp_path: Path) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted()
        wanted = other_pair(caller, run)
        made = changed(caller, run, "tie-choice", wanted).json()
        result = caller.get(made["links"]["result"]).json()
        origin = caller.get(f"{run}/result").json()
    assert made["because"].endswith("nothing lost")
    assert result["run"]["tie_rule"] == "chosen"
    assert result["run"]["problem_digest"] == origin["run"]["problem_digest"]
    assert (wanted["mentor"], wanted["mentee"]) in {
        (pair["mentor"], pair["mentee"]) for pair in result["assignments"]
    }


def test_the_changes_that_led_to_a_run_are_listed_with_who_made_them_and_why(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted()
        first = changed(caller, run, "tie-choice", other_pair(caller, run)).json()["links"]["run"]
        wanted = other_pair(caller, first)
        second = changed(caller, first, "override", wanted | REASON).json()
        listed = caller.get(f"{second['links']['run']}/changes-by-hand").json()
        of_origin = caller.get(f"{run}/changes-by-hand").json()
    assert [change["pair"]["kind"] for change in listed] == ["tie_choice", "override"]
    assert [change["links"]["origin"] for change in listed] == [run, first]
    assert [change["reason"] for change in listed] == ["", REASON["reason"]]
    assert {change["actor"] for change in listed} == {f"key:{prefix_of(caller.key)}"}
    assert listed[1] == second
    assert of_origin == []


def test_a_change_is_in_the_audit_log_and_the_outbox_without_a_word_about_people(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path, really_solved) as caller:
        made = changed(
            caller, caller.submitted(a_contested_document()), "override", COSTLY | REASON
        ).json()
    rows = asyncio.run(all_rows(tmp_path))
    entry = rows["audit_log"][-1]
    assert (entry["action"], entry["subject"]) == ("pair overridden", f"run:{made['run_id']}")
    assert json.loads(entry["details"]) == {
        "origin": f"run:{made['origin_id']}",
        "digest": rows_of(rows, "results", made["run_id"])[0],
    }
    of_runs = [row for row in rows["outbox"] if row["run_id"]]
    told = [row for row in of_runs if UUID(str(row["run_id"])) == UUID(made["run_id"])]
    assert [(row["type"], row["state"]) for row in told] == [("run.solved", "solved")]


def rows_of(rows: dict[str, list[dict[str, Any]]], table: str, run_id: str) -> list[str]:
    """The certificates' digests of a run's results."""
    return [
        json.loads(row["certificate"])["digest"]
        for row in rows[table]
        if UUID(str(row["run_id"])) == UUID(run_id)
    ]


@pytest.mark.parametrize(
    ("how", "pair", "verdict"),
    [
        ("tie-choice", COSTLY, "dominated"),
        ("tie-choice", {"mentor": "M-1", "mentee": "E-1"}, "already_matched"),
        ("override", {"mentor": "M-1", "mentee": "nobody"}, "not_in_round"),
    ],
)
def test_a_pair_that_cannot_be_made_is_refused_with_the_reason_and_nothing_is_stored(
    tmp_path: Path, how: str, pair: dict[str, str], verdict: str
) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        answer = changed(caller, run, how, pair | REASON)
    (issue,) = answer.json()["issues"]
    assert answer.status_code == 409
    assert (issue["code"], issue["detail"]["verdict"]) == ("PAIR_CANNOT_BE_MADE", verdict)
    rows = asyncio.run(all_rows(tmp_path))
    assert (len(rows["runs"]), rows["changes_by_hand"]) == (1, [])


@pytest.mark.parametrize(
    ("acts", "status"),
    [(["submit"], "in_review"), (["publish", "withdraw"], "withdrawn"), (["close"], "closed")],
)
def test_a_round_that_is_decided_upon_is_not_changed_by_hand(
    tmp_path: Path, acts: list[str], status: str
) -> None:
    """Whoever asks is told before anything is solved for them."""
    with a_service(tmp_path, really_solved) as caller:
        round_ = a_draft(caller, a_contested_document())
        run = round_.solve()["links"]["latest_run"]
        for act in acts:
            round_.do(act)
        wanted = {**COSTLY, **REASON, "mentor": "nobody"}
        answers = [changed(caller, run, how, wanted) for how in ("override", "tie-choice")]
        assert round_.seen()["status"] == status
    for answer in answers:
        (issue,) = answer.json()["issues"]
        assert (answer.status_code, issue["code"]) == (409, "ROUND_STATE")
        assert issue["message"].endswith("it cannot be changed by hand now.")
    assert len(asyncio.run(all_rows(tmp_path))["runs"]) == 1


def test_a_change_by_hand_leaves_what_is_published_and_is_as_stale_as_its_origin(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path, really_solved) as caller:
        round_ = a_draft(caller, a_contested_document())
        run = round_.solve()["links"]["latest_run"]
        round_.do("publish")
        made = changed(caller, run, "override", COSTLY | REASON).json()["links"]["run"]
        published = round_.seen()
        round_.do("withdraw")
        round_.patch({"name": "Winter"})
        late = changed(caller, run, "override", COSTLY | REASON).json()
        stale = caller.get(late["links"]["run"]).json()
    assert published["status"] == "published"
    assert published["links"]["published_run"] == run
    assert published["links"]["latest_run"] == made
    assert (stale["status"], stale["revision"], stale["stale"]) == ("solved", 1, True)


def test_a_pair_whose_cost_is_not_known_is_not_made(tmp_path: Path) -> None:
    """The result is cut short: nobody can say what the pair takes from the best."""

    def cut_short(problem: Problem, *_: object, **_more: object) -> MatchResult:
        result = a_result(problem)
        unproved = result.levels[0].model_copy(update={"bound": 10**6, "proved": False})
        return result.model_copy(update={"levels": (unproved,)})

    with a_service(tmp_path, cut_short) as caller:
        run = caller.submitted(a_contested_document())
        first, second = caller.get(f"{run}/assignments").json()["items"]
        swapped = {"mentor": first["mentor"], "mentee": second["mentee"]}
        answer = changed(caller, run, "override", swapped | REASON)
    assert answer.status_code == 409
    assert answer.json()["issues"][0]["detail"]["verdict"] == "unknown"


@pytest.mark.parametrize(
    "reason",
    [{}, {"reason": "  "}, {"reason": "a\0b"}, {"reason": "x" * 501}, {"reason": "\ud800"}],
)
def test_an_override_needs_a_reason_that_can_be_kept(
    tmp_path: Path, reason: dict[str, str]
) -> None:
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        answer = changed(caller, run, "override", COSTLY | reason)
    assert answer.status_code == 400
    assert {issue["code"] for issue in answer.json()["issues"]} <= {
        "PARAMETER_INVALID",
        "REQUEST_REFUSED",
    }


def test_a_repeat_under_one_key_changes_nothing_more(tmp_path: Path) -> None:
    """The key counts for one run and one way of changing it."""
    key = {"idempotency-key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
    with a_service(tmp_path, really_solved) as caller:
        run = caller.submitted(a_contested_document())
        first = changed(caller, run, "override", COSTLY | REASON, **key)
        again = changed(caller, run, "override", COSTLY | REASON, **key)
        other = changed(caller, first.json()["links"]["run"], "override", COSTLY | REASON, **key)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert other.json()["issues"][0]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert len(asyncio.run(all_rows(tmp_path))["runs"]) == 2


def test_a_run_that_is_not_there_cannot_be_changed(tmp_path: Path) -> None:
    missing = "/v1/runs/00000000-0000-0000-0000-000000000000"
    with a_service(tmp_path) as caller:
        answers = [
            changed(caller, missing, "override", COSTLY | REASON),
            changed(caller, missing, "tie-choice", COSTLY),
            caller.get(f"{missing}/changes-by-hand"),
        ]
    assert {answer.status_code for answer in answers} == {404}


def test_what_was_changed_is_for_those_who_answer_for_it(tmp_path: Path) -> None:
    with a_service(tmp_path, role="hr_system") as caller:
        run = caller.submitted(a_document())
        answers = [
            changed(caller, run, "override", COSTLY | REASON),
            caller.get(f"{run}/changes-by-hand"),
        ]
    assert {answer.status_code for answer in answers} == {403}
