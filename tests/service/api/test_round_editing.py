"""A round's document is read, replaced and changed in parts, and the vault follows."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from models.domain.programme import Programme
from models.reference import civil_service
from service.operations import editing
from service.operations.rounds import check_document
from tests.service.rounds_in_hand import a_draft
from tests.service.services import a_document, a_service, all_rows


def test_a_document_is_read_as_it_was_sent_but_for_contact_details(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.get(f"{a_draft(caller).path}/document")
    sent = a_document()
    for person in sent["participants"]:
        person.pop("contact", None)
    assert answer.json() == sent
    assert answer.headers["etag"] == '"1"'


def test_people_are_changed_added_and_removed_by_reference(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        newcomer = {"grade": "AO", "remote": True, "mentee": {}}
        shown = round_.patch(
            {"name": None, "participants": {"E-1": {"grade": "HEO"}, "E-2": None, "E-9": newcomer}}
        )
        document = caller.get(f"{round_.path}/document").json()
    people = {person["reference"]: person for person in document["participants"]}
    assert list(people) == ["M-1", "M-2", "E-1", "E-3", "E-9"]
    assert people["E-1"] == {
        "grade": "HEO",
        "reference": "E-1",
        "remote": True,
        "mentee": {"wants": 1},
    }
    assert (shown["name"], shown["revision"], shown["participants"]) == ("Untitled round", 2, 5)


def test_the_vault_follows_the_document(tmp_path: Path) -> None:
    """A person who leaves takes their details along; what is not mentioned stays."""
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller, a_document(mentors=4))
        details = {"name": "New Name", "email": "e3@example.gov.uk"}
        round_.patch({"participants": {"M-1": None, "M-2": {"contact": None}}})
        round_.patch({"participants": {"E-3": {"contact": details}}})
        document = caller.get(f"{round_.path}/document").json()
        round_.put(document)
    rows = asyncio.run(all_rows(tmp_path))
    kept = {row["reference"]: row["email"] for row in rows["identities"]}
    assert kept == {
        "M-3": "m3@example.gov.uk",
        "M-4": "m4@example.gov.uk",
        "E-3": "e3@example.gov.uk",
    }
    assert all("example.gov.uk" not in row["document"] for row in rows["revisions"])


def test_a_change_with_an_issue_changes_nothing_and_names_people_by_reference(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        changes = {
            "participants": {"E-3": {"grade": "Grade 70"}, "M-2": {"mentor": {"capacity": -1}}}
        }
        answer = round_.request("PATCH", "document", changes)
        assert caller.get(round_.path).json()["version"] == 1
    assert answer.status_code == 422
    assert {issue["pointer"] for issue in answer.json()["issues"]} == {
        "/participants/E-3/grade",
        "/participants/M-2/mentor/capacity",
    }


@pytest.mark.parametrize(
    ("patch", "pointer", "code"),
    [
        ([], "", "WRONG_TYPE"),
        ({"participants": []}, "/participants", "WRONG_TYPE"),
        ({"participants": {"a/b": 3}}, "/participants/a~1b", "WRONG_TYPE"),
        (
            {"participants": {"E-1": {"reference": "E-2"}}},
            "/participants/E-1/reference",
            "REFERENCE_FIXED",
        ),
        ({"colour": "red"}, "/colour", "UNKNOWN_FIELD"),
    ],
)
def test_a_change_that_is_none_is_told_where(
    tmp_path: Path, patch: Any, pointer: str, code: str
) -> None:
    with a_service(tmp_path) as caller:
        answer = a_draft(caller).request("PATCH", "document", patch)
    assert answer.status_code == 422
    (issue,) = answer.json()["issues"]
    assert (issue["pointer"], issue["code"]) == (pointer, code)


def test_a_merge_patch_may_be_called_one(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        kind = {"content-type": "application/merge-patch+json"}
        assert round_.request("PUT", "document", a_document(), **kind).status_code == 415
        assert round_.request("PATCH", "document", {"name": "X"}, **kind).status_code == 200


def test_a_draft_that_is_sent_twice_under_one_key_is_one_draft(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        key = {"idempotency-key": "once"}
        first, again = a_draft(caller, **key), a_draft(caller, **key)
        submitted = caller.post(a_document(), **key)
        assert len(caller.get("/v1/rounds").json()["items"]) == 1
    assert first.path == again.path
    assert submitted.json()["issues"][0]["code"] == "IDEMPOTENCY_KEY_REUSED"


def test_a_round_that_no_longer_passes_is_invalid_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The programme has lost a grade since the round was stored."""
    programme = civil_service()
    grades = [term for term in programme.model_dump()["grades"] if term["name"] != "SEO"]
    without = Programme.model_validate(programme.model_dump() | {"grades": grades})
    with a_service(tmp_path) as caller:
        round_ = a_draft(caller)
        with monkeypatch.context() as changed:
            changed.setattr(
                editing, "check_document", lambda document, _: check_document(document, without)
            )
            answer = round_.post("solve")
        assert round_.seen()["status"] == "invalid"
        assert round_.do("check")["status"] == "validated"
    assert answer.status_code == 422
    assert {issue["code"] for issue in answer.json()["issues"]} == {"UNKNOWN_GRADE"}
