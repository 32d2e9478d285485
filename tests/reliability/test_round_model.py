"""Several people work on the same rounds, each by what they have seen: nothing is ever lost.

Every answer of the service is held against the small model of `round_model`, on both kinds of
database. `ROUND_STEPS=1000000 uv run pytest -m reliability tests/reliability/test_round_model.py`
is the long form.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from service.operations.keys import KeyRequest, create_key
from service.operations.work import claim_run, fail_run, finish_run, give_back_run, load_errand
from service.storage import postgresql
from service.storage.database import Database
from tests.postgresql import a_postgresql_server
from tests.reliability.round_model import ACTS, STEPS, ModelRound
from tests.service.databases import databases_on
from tests.service.runs import FAILURE
from tests.service.services import LONG_ENOUGH, PROGRAMME, Caller, a_document, a_result, a_service

STEPS_IN_ALL = int(os.environ.get("ROUND_STEPS", "20000"))
"""So many requests at least, half of them on each kind of database."""

STEPS_AT_ONCE = 50
ACTORS = 4
OUTCOMES = ("optimal", "optimal", "infeasible", "failed", "given back")
DOCUMENT = a_document(mentors=1, mentees=1)

Actor = st.integers(0, ACTORS - 1)
Which = st.integers(0, 2)
Name = st.sampled_from(("Spring", "Autumn", "Winter"))


@pytest.mark.reliability
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_rounds_do_what_the_model_does_whoever_comes_first(
    tmp_path: Path,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(postgresql, "OPENED_WITHIN", LONG_ENOUGH)
    began = time.monotonic()
    with _database(kind), a_service(tmp_path, role="admin", with_worker=False) as admin:
        office = Office(admin)
        while office.requests < STEPS_IN_ALL // 2:
            run_state_machine_as_test(lambda: Authors(office), settings=_settings(office))
            capsys.readouterr()
    with capsys.disabled():
        print(f"\nR19 {kind}: {office.report()} in {time.monotonic() - began:.0f} s")
    assert office.done.keys() >= {*ACTS, "edit", "cancel"}
    assert office.refused[HTTPStatus.PRECONDITION_FAILED]
    assert office.refused[HTTPStatus.CONFLICT]
    assert office.races
    assert office.rotated


@dataclass
class Office:
    """The service, the keys of those who work on rounds, and a count of what happened."""

    admin: Caller
    requests: int = 0
    races: int = 0
    rotated: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[HTTPStatus] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        made = [self.await_(_new_key, self.database) for _ in range(ACTORS)]
        self.ids = [key.id for key, _ in made]
        self.keys = [text for _, text in made]

    @property
    def database(self) -> Database:
        return self.admin.client.app.state.database

    def await_(self, function: Any, *given: Any) -> Any:
        """What an asynchronous function gives, run beside the service's requests."""
        return self.admin.client.blocking_portal.call(function, *given)

    def ask(self, actor: int, method: str, path: str, seen: int = 0, body: Any = None) -> Any:
        """The answer to a request of one of the authors."""
        self.requests += 1
        headers = self.headers(actor, seen)
        return self.admin.client.request(method, path, json=body, headers=headers)

    def ask_at_once(self, method: str, path: str, seen: int, bodies: list[Any]) -> list[Any]:
        """The answers to requests of all authors, sent in the same moment."""
        self.requests += len(bodies)

        async def send() -> list[Any]:
            transport = httpx.ASGITransport(self.admin.client.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
                return await asyncio.gather(
                    *(
                        client.request(method, path, json=body, headers=self.headers(actor, seen))
                        for actor, body in enumerate(bodies)
                    )
                )

        answers: list[Any] = self.await_(send)
        return answers

    def headers(self, actor: int, seen: int) -> dict[str, str]:
        return {"authorization": f"Bearer {self.keys[actor]}", "if-match": f'"{seen}"'}

    def rotate(self, actor: int) -> None:
        """Gives an author another key; the old one lets nobody in from that moment."""
        old = self.headers(actor, 0)
        path = f"/v1/keys/{self.ids[actor]}/rotate?overlap_hours=0"
        answer = self.admin.do(path)
        assert answer.status_code == HTTPStatus.CREATED, answer.text
        self.ids[actor], self.keys[actor] = answer.json()["key"]["id"], answer.json()["text"]
        refused = self.admin.client.get("/v1/rounds", headers=old)
        assert refused.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS)
        self.requests += 2
        self.rotated += 1

    def report(self) -> str:
        done = ", ".join(f"{count} {act}" for act, count in sorted(self.done.items()))
        return (
            f"{self.requests} requests by {ACTORS} people, 0 divergences ({done}; "
            f"{self.refused[HTTPStatus.PRECONDITION_FAILED]} came too late, "
            f"{self.refused[HTTPStatus.CONFLICT]} not permitted; {self.races} races with one "
            f"winner each; {self.rotated} keys replaced)"
        )


class Authors(RuleBasedStateMachine):
    """A few people and a few rounds. Each act is meant for the version that its author saw."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.rounds: list[ModelRound] = []
        self.seen: dict[tuple[int, str], int] = {}

    @initialize(actor=Actor)
    def begin(self, actor: int) -> None:
        self.draft(actor)

    @precondition(lambda self: len(self.rounds) < 3)
    @rule(actor=Actor)
    def draft(self, actor: int) -> None:
        answer = self.office.ask(actor, "POST", "/v1/rounds/drafts", body=DOCUMENT)
        assert answer.status_code == HTTPStatus.CREATED, answer.text
        path = answer.headers["location"]
        self.rounds.append(ModelRound(path, "Spring", "draft", ["create"]))

    @precondition(lambda self: len(self.rounds) < 3)
    @rule(actor=Actor)
    def send_in(self, actor: int) -> None:
        answer = self.office.ask(actor, "POST", "/v1/rounds", body=DOCUMENT)
        assert answer.status_code == HTTPStatus.ACCEPTED, answer.text
        run, path = answer.headers["location"], answer.json()["links"]["round"]
        self.rounds.append(
            ModelRound(path, "Spring", "running", ["solve"], latest=run, under_way=True)
        )

    @rule(actor=Actor, which=Which)
    def look(self, actor: int, which: int) -> None:
        round_ = self._round(which)
        answer = self.office.ask(actor, "GET", round_.path)
        assert round_.is_shown_by(answer.json()), (round_, answer.json())
        assert answer.headers["etag"] == f'"{round_.version}"'
        self.seen[actor, round_.path] = round_.version

    @rule(actor=Actor, which=Which, name=Name, fresh=st.booleans())
    def edit(self, actor: int, which: int, name: str, fresh: bool) -> None:
        round_ = self._round(which)
        seen = self._seen(actor, round_, fresh)
        path = f"{round_.path}/document"
        answer = self.office.ask(actor, "PATCH", path, seen, {"name": name})
        if self._is_done(round_, "edit", seen, answer):
            round_.do("edit", name=name)
            self.seen[actor, round_.path] = round_.version

    @rule(actor=Actor, which=Which, act=st.sampled_from(ACTS), fresh=st.booleans())
    def act(self, actor: int, which: int, act: str, fresh: bool) -> None:
        round_ = self._round(which)
        seen = self._seen(actor, round_, fresh)
        answer = self.office.ask(actor, "POST", f"{round_.path}/{act}", seen)
        if self._is_done(round_, act, seen, answer):
            round_.do(act, run=answer.headers.get("location"))
            self.seen[actor, round_.path] = round_.version

    @rule(actor=Actor, which=Which, choice=st.integers(0, 9))
    def step_ahead(self, actor: int, which: int, choice: int) -> None:
        """What the round's state permits, so that rounds come far."""
        round_ = self._round(which)
        if round_.under_way:
            self.work("optimal")
        elif permitted := sorted(STEPS[round_.status].keys() - {"edit", "close"}):
            self.act(actor, which, permitted[choice % len(permitted)], fresh=True)

    @rule(which=Which, act=st.sampled_from(("edit", "solve", "publish", "withdraw")))
    def race(self, which: int, act: str) -> None:
        """Everybody at once, all having seen the same: one is first, the others are told so."""
        round_ = self._round(which)
        expected = round_.answer_to(act, round_.version)
        part, method = ("document", "PATCH") if act == "edit" else (act, "POST")
        bodies = [{"name": f"by {actor}"} if act == "edit" else None for actor in range(ACTORS)]
        path = f"{round_.path}/{part}"
        answers = self.office.ask_at_once(method, path, round_.version, bodies)
        statuses = Counter(answer.status_code for answer in answers)
        if expected == HTTPStatus.CONFLICT:
            assert statuses == {expected: ACTORS}
            return
        assert statuses == {expected: 1, HTTPStatus.PRECONDITION_FAILED: ACTORS - 1}, statuses
        (winner,) = (each for each, answer in enumerate(answers) if answer.is_success)
        round_.do(act, name=f"by {winner}", run=answers[winner].headers.get("location"))
        self.office.races += 1
        self.office.done[act] += 1

    @rule(actor=Actor, which=Which)
    def cancel(self, actor: int, which: int) -> None:
        round_ = self._round(which)
        if round_.latest is not None:
            expected = round_.cancel()
            answer = self.office.ask(actor, "POST", f"{round_.latest}/cancel")
            assert answer.status_code == expected, (round_, answer.text)
            self.office.done["cancel"] += expected == HTTPStatus.OK

    @rule(outcome=st.sampled_from(OUTCOMES))
    def work(self, outcome: str) -> None:
        run = self.office.await_(_work, self.office.database, outcome)
        for round_ in self.rounds:
            if run is not None and round_.latest == f"/v1/runs/{run}" and outcome != "given back":
                round_.end_run(with_pairs=outcome == "optimal")

    @rule(actor=Actor)
    def rotate(self, actor: int) -> None:
        self.office.rotate(actor)

    def teardown(self) -> None:
        for round_ in self.rounds:
            self.look(0, self.rounds.index(round_))
            items = self.office.ask(0, "GET", f"{round_.path}/changes?limit=1000").json()["items"]
            assert [change["act"] for change in items] == round_.changes
            assert [change["version"] for change in items] == [*range(1, round_.version + 1)]
        while self.office.await_(_work, self.office.database, "failed") is not None:
            pass

    def _round(self, which: int) -> ModelRound:
        return self.rounds[which % len(self.rounds)]

    def _seen(self, actor: int, round_: ModelRound, fresh: bool) -> int:
        return round_.version if fresh else self.seen.get((actor, round_.path), 1)

    def _is_done(self, round_: ModelRound, act: str, seen: int, answer: Any) -> bool:
        expected = round_.answer_to(act, seen)
        assert answer.status_code == expected, (act, seen, round_, answer.text)
        if expected < HTTPStatus.BAD_REQUEST:
            self.office.done[act] += 1
            return True
        self.office.refused[expected] += 1
        if expected == HTTPStatus.PRECONDITION_FAILED:
            assert answer.headers["etag"] == f'"{round_.version}"'
            told = answer.json()["issues"][0]["detail"]["changes"]
            assert [change["act"] for change in told] == round_.changes[seen:]
        return False


def _settings(office: Office) -> settings:
    """About as many examples as are still to come; the first loops tell how long one is."""
    left = STEPS_IN_ALL // 2 - office.requests
    return settings(
        max_examples=max(1, left // STEPS_AT_ONCE),
        stateful_step_count=STEPS_AT_ONCE,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def _database(kind: str) -> Iterator[None]:
    if kind == "sqlite":
        yield
        return
    with a_postgresql_server() as server, databases_on(server):
        yield


async def _new_key(database: Database) -> Any:
    async with database.writing(PROGRAMME) as store:
        return await create_key(store, KeyRequest(name="author", role="planner"))


async def _work(database: Database, outcome: str) -> UUID | None:
    """What a worker does with the run that has waited longest; gives the run."""
    async with database.across_programmes(writing=True) as session:
        claim = await claim_run(session)
    if claim is None:
        return None
    async with database.writing(claim.programme, "worker") as store:
        result = a_result((await load_errand(store, claim.run)).problem)
        if outcome == "given back":
            assert await give_back_run(store, claim.run)
        elif outcome == "failed":
            assert await fail_run(store, claim.run, FAILURE)
        else:
            report = result.run.model_copy(update={"solve_status": outcome})
            changed = result.model_copy(update={"run": report})
            assert await finish_run(store, claim.run, changed)
    return claim.run.id
