from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from tests.service.services import HeldSolver, a_document, a_service


def test_a_finished_run_shows_its_levels_and_where_everything_is(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted()
        seen = caller.get(run).json()
        assert (seen["status"], seen["solve_status"], seen["attempt"]) == ("solved", "optimal", 1)
        assert [level["name"] for level in seen["levels"]] == ["points"]
        assert seen["queued_at"] <= seen["started_at"] <= seen["finished_at"]
        for path in seen["links"].values():
            assert caller.get(path).status_code == 200


def test_the_pages_of_assignments_link_to_each_other_and_to_the_reasons(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted(a_document(mentors=5, mentees=5))
        whole = caller.get(f"{run}/result").json()["assignments"]
        items, path = [], f"{run}/assignments?limit=2"
        while path:
            page = caller.get(path).json()
            assert len(page["items"]) <= 2
            items += page["items"]
            path = page["next"]
        assert [(i["mentor"], i["mentee"]) for i in items] == [
            (a["mentor"], a["mentee"]) for a in whole
        ]
        for item, assignment in zip(items, whole, strict=True):
            assert "contributions" not in item
            (explained,) = caller.get(item["links"]["explanation"]).json()["items"]
            assert explained == assignment


def test_why_this_pair_is_answered_with_every_reason(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted(a_document(mentors=1, mentees=1))
        why = caller.get(f"{run}/explanations/M-1/E-1").json()
        nobody = caller.get(f"{run}/explanations/M-1/E-2")
    assert why["contributions"][0]["because"] == "both in Wales"
    assert why["checks"] == [{"rule": "grade_seniority", "because": "Grade 7 is above SEO"}]
    assert nobody.status_code == 404
    assert nobody.json()["issues"][0]["code"] == "PAIR_NOT_MADE"


def test_references_that_look_like_paths_can_be_followed(tmp_path: Path) -> None:
    document = a_document(mentors=1, mentees=1)
    document["participants"][0]["reference"] = "HR/1?x=&y"
    document["participants"][1]["reference"] = ".."
    with a_service(tmp_path) as caller:
        run = caller.submitted(document)
        (item,) = caller.get(f"{run}/assignments").json()["items"]
        (why,) = caller.get(item["links"]["explanation"]).json()["items"]
    assert (why["mentor"], why["mentee"]) == ("HR/1?x=&y", "..")


def test_a_page_of_explanations_keeps_its_question(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted(a_document(mentors=3, mentees=3))
        page = caller.get(f"{run}/explanations?limit=1").json()
        assert "limit=1" in page["next"]
        seen = caller.get(page["next"]).json()["items"]
    assert seen != page["items"]
    assert len(seen) == 1


def test_who_was_left_over_is_listed_with_the_reason(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted(a_document(mentors=1, mentees=3))
        page = caller.get(f"{run}/unmatched?limit=1").json()
        rest = caller.get(page["next"]).json()
    people = page["items"] + rest["items"]
    assert len({person["reference"] for person in people}) == 2
    assert {person["reason"] for person in people} == {"contention"}
    assert rest["next"] is None


def test_a_result_that_is_not_there_yet_is_a_conflict(tmp_path: Path) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver) as caller:
        run = caller.post(a_document()).headers["location"]
        for part in ("result", "assignments", "explanations", "unmatched", "explanations/M-1/E-1"):
            answer = caller.get(f"{run}/{part}")
            assert answer.status_code == 409
            assert answer.json()["issues"][0]["code"] == "RUN_NOT_FINISHED"
        solver.released.set()


@pytest.mark.parametrize("path", ["", "/result", "/assignments", "/explanations", "/unmatched"])
def test_an_unknown_run_is_not_found(tmp_path: Path, path: str) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.get(f"/v1/runs/{uuid4()}{path}")
    assert answer.status_code == 404
    assert answer.json()["issues"][0]["code"] == "RUN_UNKNOWN"


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        *(("limit=0", "limit"), ("limit=1001", "limit"), ("limit=x", "limit")),
        *(("cursor=x", "cursor"), ("cursor=", "cursor")),
    ],
)
def test_a_wrong_parameter_is_told_by_name(tmp_path: Path, question: str, parameter: str) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted()
        answer = caller.get(f"{run}/assignments?{question}")
    (issue,) = answer.json()["issues"]
    assert answer.status_code == 400
    assert issue["detail"] == {"parameter": parameter, "value": question.partition("=")[2]}
