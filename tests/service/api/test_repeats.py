"""`Idempotency-Key` over HTTP: a submission may be repeated, and is one all the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest

from service.api import rounds
from service.operations.rounds import CheckedRound, check_round
from tests.service.services import LONG_ENOUGH, HeldSolver, a_document, a_service

KEY = {"idempotency-key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


def test_a_repeat_gets_the_same_answer_also_when_the_run_is_over(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        first = caller.post(a_document(), **KEY)
        again = caller.post(a_document(), **KEY)
        waited = caller.post(a_document(), **KEY, prefer="wait=20")
        later = caller.post(a_document(), **KEY)
    assert first.status_code == 202
    for answer in (again, later):
        assert (answer.status_code, answer.content) == (202, first.content)
        assert answer.headers["location"] == first.headers["location"]
    assert waited.status_code == 200
    assert waited.headers["location"] == first.headers["location"]


def test_without_a_key_every_submission_is_a_round_of_its_own(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        runs = {caller.post(a_document()).headers["location"] for _ in range(2)}
        runs |= {
            caller.post(a_document(), **{"idempotency-key": str(uuid4())}).headers["location"]
            for _ in range(2)
        }
    assert len(runs) == 4


def test_another_body_under_the_same_key_is_refused(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        caller.post(a_document(), **KEY)
        answer = caller.post(a_document(mentees=4), **KEY)
    assert answer.status_code == 422
    assert answer.json()["issues"][0]["code"] == "IDEMPOTENCY_KEY_REUSED"


def test_a_round_that_is_refused_leaves_its_key_free(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        assert caller.post({"participants": []}, **KEY).status_code == 422
        assert caller.post(a_document(), **KEY).status_code == 202


def test_a_key_that_is_none_is_told(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.post(a_document(), **{"idempotency-key": "k" * 256})
    assert answer.status_code == 400
    assert answer.json()["issues"][0]["code"] == "IDEMPOTENCY_KEY_INVALID"


def test_a_repeat_that_comes_too_soon_is_told_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checking, go_on = Event(), Event()

    def slowly(*given: object) -> CheckedRound:
        checking.set()
        assert go_on.wait(LONG_ENOUGH)
        return check_round(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rounds, "check_round", slowly)
    with a_service(tmp_path) as caller, ThreadPoolExecutor(1) as thread:
        first = thread.submit(caller.post, a_document(), **KEY)
        assert checking.wait(LONG_ENOUGH)
        soon = caller.post(a_document(), **KEY)
        go_on.set()
        assert first.result().status_code == 202
        assert caller.post(a_document(), **KEY).content == first.result().content
    assert (soon.status_code, soon.headers["retry-after"]) == (409, "1")
    assert soon.json()["issues"][0]["code"] == "IDEMPOTENCY_KEY_IN_FLIGHT"


def test_waiting_for_a_result_keeps_nobody_else_from_the_answer(tmp_path: Path) -> None:
    """The round is stored by then: a repeat is not told to wait, nor does it wait itself."""
    solver = HeldSolver()
    with a_service(tmp_path, solver) as caller, ThreadPoolExecutor(1) as thread:
        first = thread.submit(caller.post, a_document(), **KEY, prefer="wait=20")
        assert solver.started.wait(LONG_ENOUGH)
        again = caller.post(a_document(), **KEY)
        assert again.status_code == 202
        solver.released.set()
        assert first.result().status_code == 200
        assert first.result().headers["location"] == again.headers["location"]
