"""Several people work on the same rounds, each by what they have seen: nothing is ever lost.

Every answer of the service is held against the small model of `round_model`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.reliability.counts import ROUND_STEPS, SEED
from tests.reliability.round_model import ACTS, STEPS, ModelRound
from tests.reliability.round_office import ACTORS, OUTCOMES, Office, work_off
from tests.service.services import a_document, a_service

STEPS_AT_ONCE = 50
DOCUMENT = a_document(mentors=1, mentees=1)

Actor = st.integers(0, ACTORS - 1)
Which = st.integers(0, 2)
Name = st.sampled_from(("Spring", "Autumn", "Winter"))


@pytest.mark.reliability
def test_rounds_do_what_the_model_does_whoever_comes_first(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    began = time.monotonic()
    with a_service(tmp_path, role="admin", with_worker=False) as admin:
        office = Office(admin)
        while office.requests < ROUND_STEPS:
            run_state_machine_as_test(_some_authors(office), settings=_settings(office))
    tell("R19", f"{office.report()}, in {time.monotonic() - began:.0f} s")
    assert office.done.keys() >= {*ACTS, "edit", "cancel"}
    assert office.refused[HTTPStatus.PRECONDITION_FAILED]
    assert office.refused[HTTPStatus.CONFLICT]
    assert office.races
    assert office.rotated


class Authors(RuleBasedStateMachine):
    """A few people and a few rounds. Each act is meant for the version that its author saw."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.rounds: list[ModelRound] = []
        self.seen: dict[tuple[int, str], int] = {}
        self.rotated = False

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
        run = self.office.await_(work_off, self.office.database, outcome)
        for round_ in self.rounds:
            if run is not None and round_.latest == f"/v1/runs/{run}" and outcome != "given back":
                round_.end_run(with_pairs=outcome == "optimal")

    @precondition(lambda self: not self.rotated)
    @rule(actor=Actor)
    def rotate(self, actor: int) -> None:
        self.rotated = True
        self.office.rotate(actor)

    def teardown(self) -> None:
        for round_ in self.rounds:
            self.look(0, self.rounds.index(round_))
            items = self.office.ask(0, "GET", f"{round_.path}/changes?limit=1000").json()["items"]
            assert [change["act"] for change in items] == round_.changes
            assert [change["version"] for change in items] == [*range(1, round_.version + 1)]
        while self.office.await_(work_off, self.office.database, "failed") is not None:
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


def _some_authors(office: Office) -> Callable[[], Authors]:
    """Who works next; the seed says what they do."""
    return seed(SEED + office.requests)(lambda: Authors(office))


def _settings(office: Office) -> settings:
    """About as many examples as are still to come; the first loops tell how long one is."""
    left = ROUND_STEPS - office.requests
    return settings(
        max_examples=max(1, left // STEPS_AT_ONCE),
        stateful_step_count=STEPS_AT_ONCE,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
