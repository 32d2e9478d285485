"""A round from draft to published and withdrawn over HTTP, by people who see each other's work."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from models.domain.api_key import KeyRole
from tests.service.rounds_in_hand import RoundInHand, a_draft
from tests.service.services import HeldSolver, a_document, a_service, all_rows


def test_a_round_goes_from_a_draft_to_published_and_withdrawn(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        assert caller.get(round_.path).json()["links"].keys() >= {"document", "changes", "runs"}
        assert round_.do("check")["status"] == "validated"
        assert round_.solve()["status"] == "solved"
        run = round_.seen()["links"]["latest_run"]
        assert round_.do("submit")["status"] == "in_review"
        assert round_.do("send-back")["status"] == "solved"
        assert round_.do("submit")["status"] == "in_review"
        published = round_.do("publish")
        assert (published["status"], published["links"]["published_run"]) == ("published", run)
        withdrawn = round_.do("withdraw")
        assert (withdrawn["status"], "published_run" in withdrawn["links"]) == ("withdrawn", False)
        assert round_.do("close")["status"] == "closed"
        refused = round_.post("solve")
        acts = [change["act"] for change in caller.get(f"{round_.path}/changes").json()["items"]]
    assert refused.status_code == 409
    assert refused.json()["issues"][0]["code"] == "ROUND_STATE"
    assert acts == [
        *("create", "validate", "solve", "finish", "submit", "send_back"),
        *("submit", "publish", "withdraw", "close"),
    ]


def test_every_act_is_in_the_audit_log_and_told_to_the_world_by_ids_alone(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        round_.solve()
        round_.do("publish")
        round_.do("withdraw")
    rows = asyncio.run(all_rows(tmp_path))
    acts = [row["action"] for row in rows["audit_log"] if row["action"].startswith("round")]
    assert acts == ["round made", "round queued", "round published", "round withdrawn"]
    told = {row["type"] for row in rows["outbox"]}
    assert told == {
        *("round.draft", "round.running", "run.solved", "round.published", "round.withdrawn"),
    }
    assert {row["run_id"] for row in rows["outbox"] if row["type"] != "run.solved"} == {None}


@pytest.mark.parametrize("etag", [None, "*", ""])
def test_nothing_is_changed_by_somebody_who_does_not_say_what_they_saw(
    tmp_path: Path, etag: str | None
) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        headers = caller.headers() | ({} if etag is None else {"if-match": etag})
        for method, part in ACTS:
            address, body = f"{round_.path}/{part}", {"name": "Other"}
            answer = caller.client.request(method, address, json=body, headers=headers)
            assert answer.status_code == 428, part
            assert answer.json()["issues"][0]["code"] == "IF_MATCH_MISSING"
        assert caller.get(round_.path).json()["version"] == 1


def test_whoever_comes_second_is_told_what_the_first_has_done(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        first = a_draft(caller)
        second = RoundInHand(caller, first.path, first.version)
        first.patch({"name": "Autumn"})
        answer = second.request("PATCH", "document", {"name": "Winter"})
        assert answer.status_code == 412
        assert answer.headers["etag"] == '"2"'
        (issue,) = answer.json()["issues"]
        (change,) = issue["detail"]["changes"]
        assert (issue["code"], change["act"], change["version"]) == ("ROUND_CHANGED", "edit", 2)
        assert caller.get(first.path).json()["name"] == "Autumn"


@pytest.mark.parametrize("etag", ['W/"1"', '"0"', "1", '"x"'])
def test_an_etag_that_is_not_the_rounds_changes_nothing(tmp_path: Path, etag: str) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        headers = caller.headers() | {"if-match": etag}
        answer = caller.client.post(f"{round_.path}/close", headers=headers)
        listed = caller.headers() | {"if-match": '"9", "1"'}
        closed = caller.client.post(f"{round_.path}/close", headers=listed)
    assert (answer.status_code, closed.status_code) == (412, 200)


def test_while_a_run_is_under_way_the_round_is_neither_edited_nor_solved_again(
    tmp_path: Path,
) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver) as caller:
        round_ = a_draft(caller)
        run = round_.post("solve").headers["location"]
        round_.version += 1
        for answer in (round_.post("solve"), round_.request("PATCH", "document", {"name": "X"})):
            assert answer.status_code == 409
            assert "cancel the run" in answer.json()["issues"][0]["hint"]
        caller.do(f"{run}/cancel")
        assert round_.seen()["status"] == "validated"
        assert round_.patch({"name": "Autumn"})["status"] == "draft"
        solver.released.set()


def test_a_cancelled_second_run_leaves_the_first_ones_result_to_be_published(
    tmp_path: Path,
) -> None:
    solver = HeldSolver()
    solver.released.set()
    with a_service(tmp_path, solver) as caller:
        round_ = a_draft(caller)
        round_.solve()
        first = round_.seen()["links"]["latest_run"]
        solver.released.clear()
        caller.do(f"{round_.post('solve').headers['location']}/cancel")
        assert round_.seen()["status"] == "solved"
        assert round_.do("publish")["links"]["published_run"] == first


def test_an_edit_makes_results_stale_and_loses_none(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        round_.solve()
        old = round_.seen()["links"]["latest_run"]
        pairs = caller.get(f"{old}/assignments").json()
        assert round_.patch({"participants": {"E-1": None}})["status"] == "draft"
        assert caller.get(old).json()["stale"] is True
        assert caller.get(f"{old}/assignments").json() == pairs
        round_.solve()
        stale = round_.post(f"publish?run={old.rpartition('/')[2]}")
        assert stale.json()["issues"][0]["code"] == "RUN_NOT_CURRENT"
        new = round_.do("publish")["links"]["published_run"]
        runs = caller.get(f"{round_.path}/runs").json()["items"]
    assert stale.status_code == 409
    assert [(run["revision"], run["stale"]) for run in runs] == [(1, True), (2, False)]
    assert new.endswith(runs[1]["id"])


def test_a_published_round_is_neither_edited_nor_solved(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        round_.solve()
        round_.seen()
        round_.do("publish")
        for answer in (
            round_.request("PUT", "document", a_document()),
            round_.request("PATCH", "document", {"name": "X"}),
            round_.post("solve"),
        ):
            assert answer.status_code == 409
            assert answer.json()["issues"][0]["hint"] == "Now it can be: withdrawn, closed."


def test_lists_of_rounds_and_runs_and_changes_come_in_pages(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        made = [a_draft(caller) for _ in range(5)]
        made[0].solve()
        rounds = _all_pages(caller, "/v1/rounds?limit=2")
        changes = _all_pages(caller, f"{made[0].path}/changes?limit=2")
        runs = _all_pages(caller, f"{made[0].path}/runs?limit=1")
        unknown = caller.get("/v1/rounds?cursor=YWZ0ZXI6MQ")
    assert [round_["links"]["self"] for round_ in rounds] == [each.path for each in made[::-1]]
    assert [change["version"] for change in changes] == [1, 2, 3]
    assert len(runs) == 1
    assert unknown.status_code == 400


@pytest.mark.parametrize("role", ["hr_system", "planner", "admin", "auditor"])
def test_only_planners_decide_what_is_published(tmp_path: Path, role: KeyRole) -> None:
    with a_service(tmp_path, role=role) as caller:
        nobody = RoundInHand(caller, f"/v1/rounds/{uuid4()}", 1)
        decided = {nobody.post(part).status_code for part in DECISIONS}
        prepared = {nobody.post(part).status_code for part in ("check", "solve")}
    assert decided == ({404} if role == "planner" else {403})
    assert prepared == ({404} if role in ("planner", "hr_system") else {403})


DECISIONS = ("submit", "send-back", "publish", "withdraw", "close")
ACTS = (
    *(("POST", part) for part in ("check", "solve", *DECISIONS)),
    *(("PUT", "document"), ("PATCH", "document")),
)


def _all_pages(caller: Any, path: str | None) -> list[Any]:
    items = list[Any]()
    while path:
        page = caller.get(path).json()
        items += page["items"]
        path = page["next"]
    return items
