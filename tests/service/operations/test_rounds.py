from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from models.domain.run import Run
from models.reference import civil_service
from service.errors import BadRequest, NotFound, RoundRefused
from service.operations.rounds import check_round, read_round_summary, submit_round
from service.storage.database import Database
from tests.service.services import PROGRAMME, a_database, a_document, all_rows

pytestmark = pytest.mark.anyio


async def test_a_submitted_round_waits_for_its_run(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await _submitted(database, a_document(mentors=2, mentees=3))
        async with database.reading(PROGRAMME) as store:
            found = await read_round_summary(store, run.round_id)
    assert run.status == "queued"
    assert (found.name, found.status, found.latest_run) == ("Spring", "running", run.id)
    assert (found.participants, found.mentors, found.mentees) == (5, 2, 3)


async def test_contact_details_are_in_the_vault_and_in_no_other_table(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await _submitted(database, a_document())
        rows = await all_rows(tmp_path)
    vault = rows.pop("identities")
    assert sorted(row["email"] for row in vault) == ["m1@example.gov.uk", "m2@example.gov.uk"]
    assert sorted(row["reference"] for row in vault) == ["M-1", "M-2"]
    everything_else = json.dumps(rows, default=str)
    assert "M-1" in everything_else
    assert "example.gov.uk" not in everything_else
    assert "Mentor Nr" not in everything_else


async def test_the_stored_document_is_the_submitted_one_but_for_contacts(tmp_path: Path) -> None:
    submitted = a_document()
    async with a_database(tmp_path) as database:
        await _submitted(database, submitted)
        (row,) = (await all_rows(tmp_path))["revisions"]
    for person in submitted["participants"]:
        person.pop("contact", None)
    assert json.loads(row["document"]) == submitted


async def test_a_round_of_another_programme_is_not_there(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        run = await _submitted(database, a_document())
        async with database.reading("other") as store:
            with pytest.raises(NotFound):
                await read_round_summary(store, run.round_id)


async def test_an_unknown_round_is_told_by_code(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database, database.reading(PROGRAMME) as store:
        with pytest.raises(NotFound) as refused:
            await read_round_summary(store, uuid4())
    assert refused.value.issues[0].code == "ROUND_UNKNOWN"


def test_a_refused_round_is_told_everything_at_once() -> None:
    document = a_document(mentors=1, mentees=1)
    document["participants"][0]["grade"] = "Grade 70"
    document["participants"][1]["reference"] = "M-1"
    document["surplus"] = 1
    with pytest.raises(RoundRefused) as refused:
        check_round(json.dumps(document).encode(), civil_service())
    pointers = {issue.pointer for issue in refused.value.issues}
    assert {"/participants/0/grade", "/participants/1/reference", "/surplus"} <= pointers


def test_a_document_that_cannot_be_read_is_a_bad_request() -> None:
    with pytest.raises(BadRequest) as refused:
        check_round(b'{"participants": [', civil_service())
    assert refused.value.issues


def test_a_flaw_of_the_document_refuses_a_round_that_could_stand() -> None:
    """A field given twice: the last one would count, and nobody would know."""
    text_of_it = json.dumps(a_document())[:-1] + ', "name": "Again"}'
    with pytest.raises(RoundRefused) as refused:
        check_round(text_of_it.encode(), civil_service())
    assert [issue.pointer for issue in refused.value.issues] == ["/name"]


async def _submitted(database: Database, document: dict[str, Any]) -> Run:
    checked = check_round(json.dumps(document).encode(), civil_service())
    async with database.writing(PROGRAMME) as store:
        return await submit_round(store, checked)
