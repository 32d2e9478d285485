from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.service.services import HeldSolver, a_document, a_service, all_rows


def test_a_submitted_round_is_accepted_with_the_place_of_its_run(tmp_path: Path) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver) as caller:
        answer = caller.post(a_document())
        body = answer.json()
        assert answer.status_code == 202
        assert answer.headers["location"] == f"/v1/runs/{body['run']['id']}"
        assert body["run"]["status"] == "queued"
        assert body["issues"] == []
        assert body["links"]["round"] == f"/v1/rounds/{body['round']['id']}"
        solver.released.set()


def test_a_round_shows_its_size_and_its_latest_run(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted(a_document(mentors=2, mentees=3))
        path = caller.get(run).json()["links"]["round"]
        seen = caller.get(path).json()
    assert (seen["name"], seen["status"]) == ("Spring", "solved")
    assert (seen["participants"], seen["mentors"], seen["mentees"]) == (5, 2, 3)
    parts = {part: f"{path}/{part}" for part in ("document", "changes", "runs")}
    assert seen["links"] == {"self": path, "latest_run": run, **parts}


def test_waiting_gives_the_result_itself_when_it_comes_in_time(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.post(a_document(), prefer="respond-async, wait=20")
        run = answer.headers["location"]
        assert answer.status_code == 200
        assert answer.headers["preference-applied"] == "wait"
        assert answer.headers["content-location"] == f"{run}/result"
        assert answer.json() == caller.get(f"{run}/result").json()
        assert answer.json()["run"]["id"] == run.rpartition("/")[2]


def test_waiting_in_vain_gives_the_promise(tmp_path: Path) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver, longest_wait=0.05) as caller:
        answer = caller.post(a_document(), prefer="wait=20")
        assert answer.status_code == 202
        assert "preference-applied" not in answer.headers
        solver.released.set()


def test_a_refused_round_is_told_every_issue_and_nothing_is_stored(tmp_path: Path) -> None:
    document = a_document()
    document["participants"][0]["grade"] = "Grade 70"
    document["participants"][1]["mentor"]["capacity"] = -1
    document["pins"] = [{"mentor": "M-1", "mentee": "nobody"}]
    with a_service(tmp_path) as caller:
        answer = caller.post(document)
    rows = asyncio.run(all_rows(tmp_path))
    body = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert (body["title"], body["status"]) == ("Unprocessable Entity", 422)
    assert {issue["pointer"] for issue in body["issues"]} >= {
        "/participants/0/grade",
        "/participants/1/mentor/capacity",
        "/pins/0/mentee",
    }
    assert all(set(issue) == ISSUE_FIELDS for issue in body["issues"])
    assert rows.pop("programmes")
    assert rows.pop("api_keys")
    assert rows.pop("allowances")
    assert [row["action"] for row in rows.pop("audit_log")] == ["key made"]
    assert rows == {table: [] for table in rows}


def test_a_refusal_does_not_repeat_contact_details(tmp_path: Path) -> None:
    document = a_document()
    document["participants"][0]["contact"]["email"] = 5
    with a_service(tmp_path) as caller:
        answer = caller.post(document)
    assert answer.status_code == 422
    assert "Mentor Nr" not in answer.text
    assert "example.gov.uk" not in answer.text


def test_warnings_come_with_the_acceptance_and_in_the_result(tmp_path: Path) -> None:
    document = a_document(mentors=1, mentees=1)
    document["participants"][0]["line_manager"] = "HR-404"
    document["participants"][0]["profession"] = "Basket weaving"
    with a_service(tmp_path) as caller:
        accepted = caller.post(document).json()
        result = caller.post(document, prefer="wait=20").json()
    assert result["issues"] == accepted["issues"]
    assert all(issue["severity"] == "warning" for issue in accepted["issues"])


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "text/csv", "application/x-www-form-urlencoded", "json"]
)
def test_a_body_that_is_not_called_json_is_refused(tmp_path: Path, content_type: str) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.post(a_document(), **{"content-type": content_type})
    assert answer.status_code == 415
    assert answer.json()["issues"][0]["code"] == "CONTENT_TYPE_REFUSED"


def test_a_charset_beside_the_content_type_is_no_obstacle(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.post(a_document(), **{"content-type": "Application/JSON; charset=utf-8"})
    assert answer.status_code == 202


def test_a_body_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    with a_service(tmp_path, body_limit=2000) as caller:
        assert caller.post(b" " * 2000).status_code == 400
        answer = caller.post(b" " * 2001)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


ISSUE_FIELDS = {"code", "severity", "pointer", "message", "hint", "detail"}
