"""Runs as server-sent events: what is told, from where a client goes on, and when it ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from litestar.response import ServerSentEventMessage

from models.domain.api_key import ApiKey
from service.api import run_events
from service.api.run_events import EventFeed
from service.errors import DatabaseUnavailable, TooManyListeners, one_issue
from service.operations.admission import Admission
from service.operations.endings import cancel_run
from service.operations.work import report_run
from tests.service.listeners import Listener
from tests.service.runs import HALFWAY, claimed, finished, queued
from tests.service.services import (
    LONG_ENOUGH,
    PROGRAMME,
    HeldSolver,
    a_database,
    a_document,
    a_service,
)

LET_IN = Admission(
    ApiKey(
        id=uuid4(),
        programme=PROGRAMME,
        name="test",
        prefix="0" * 12,
        role="planner",
        created_at=datetime.now(UTC),
        expires_at=datetime.now(UTC),
    ),
    clock=lambda: 0.0,
)
"""Somebody for whom no time passes, so that nobody asks whether they are still let in."""


def test_a_run_that_is_over_is_told_once_and_then_there_is_nothing_more(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        run = caller.submitted()
        first = caller.get(f"{run}/events")
        (end,) = _told(first.text)
        headers = caller.headers() | {"last-event-id": end["id"]}
        again = caller.client.get(f"{run}/events", headers=headers)
        unknown = caller.get(f"/v1/runs/{uuid4()}/events")
    assert first.headers["content-type"].startswith("text/event-stream")
    assert first.headers["cache-control"] == "no-store"
    assert (end["event"], json.loads(end["data"])["status"]) == ("end", "solved")
    assert (again.status_code, again.content) == (204, b"")
    assert unknown.status_code == 404


@pytest.mark.anyio
async def test_each_new_state_is_told_once_until_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The states are brought about by another connection, as by a worker elsewhere."""
    monkeypatch.setattr(run_events, "LOOK_EVERY", 0.01)
    async with a_database(tmp_path) as database:
        run = await queued(database)
        feed = EventFeed(database, 1, heartbeat=0.03, closing=Event())
        events = feed.follow(LET_IN, run.id, None)
        seen = [await _next(events)]
        claim = await claimed(database)
        seen.append(await _next(events))
        async with database.writing(PROGRAMME) as store:
            await report_run(store, claim.run, HALFWAY)
        seen.append(await _next(events))
        async with database.writing(PROGRAMME) as store:
            await report_run(store, claim.run)
            await cancel_run(store, run.id)
        seen.append(await _next(events))
        assert feed.listeners == 1
        assert [event async for event in events] == []
        assert feed.listeners == 0
    states = [json.loads(str(event.data)) for event in seen]
    assert [state["status"] for state in states] == ["queued", "solving", "solving", "cancelled"]
    assert states[2]["progress"] == {
        **HALFWAY.model_dump(),
        "gap": 6,
    }
    assert [event.event for event in seen] == [*["progress"] * 3, "end"]
    assert len({event.id for event in seen}) == 4


@pytest.mark.anyio
async def test_whoever_comes_back_is_not_told_again_what_they_have_seen(tmp_path: Path) -> None:
    """Also by another process: the id follows from what is told."""
    async with a_database(tmp_path) as database:
        run = await queued(database)
        feeds = [EventFeed(database, 1, heartbeat=0.02, closing=Event()) for _ in range(2)]
        first = await _next(feeds[0].follow(LET_IN, run.id, None))
        events = feeds[1].follow(LET_IN, run.id, str(first.id))
        assert [(await anext(events)).retry, (await anext(events)).comment] == [1000, "still here"]
        await claimed(database)
        assert json.loads(str((await _next(events)).data))["status"] == "solving"


@pytest.mark.anyio
async def test_a_stream_ends_with_the_service_with_its_time_and_with_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closing = Event()
    async with a_database(tmp_path) as database:
        run = await queued(database)
        feed = EventFeed(database, 1, heartbeat=60, closing=closing)
        closing.set()
        assert len(await _all(feed, run.id)) == 2
        closing.clear()
        monkeypatch.setattr(run_events, "LONGEST_STREAM", 0.0)
        assert len(await _all(feed, run.id)) == 2
    gone: Any = _GoneDatabase()
    assert len(await _all(EventFeed(gone, 1, heartbeat=60, closing=closing), run.id)) == 1


def test_only_so_many_listen_at_once_and_whoever_leaves_makes_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solver = HeldSolver()
    with a_service(tmp_path, solver, most_listeners=1) as caller:
        run = caller.post(a_document()).headers["location"]
        assert solver.started.wait(LONG_ENOUGH)
        with Listener(caller.client, f"{run}/events", caller.headers()):
            _refused(caller.get(f"{run}/events"))
        solver.released.set()
        assert caller.get(f"{run}/events").status_code == 200
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert not [line for line in lines if line["level"] == "error"]


@pytest.mark.anyio
async def test_without_room_nobody_is_let_in(tmp_path: Path) -> None:
    """Nor is whoever was told that there is room, and comes too late for it."""
    async with a_database(tmp_path) as database:
        run = await finished(database)
        feed = EventFeed(database, 0, heartbeat=1, closing=Event())
        with pytest.raises(TooManyListeners):
            feed.require_room()
        assert await _all(feed, run.id) == []


class _GoneDatabase:
    """A database that nobody can reach."""

    def reading(self, programme: str) -> Any:
        raise DatabaseUnavailable(one_issue("DATABASE_UNAVAILABLE", programme))


def _refused(answer: Any) -> None:
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["issues"][0]["code"] == "TOO_MANY_LISTENERS"


async def _next(events: Any) -> ServerSentEventMessage:
    """The next event that tells something."""
    async with asyncio.timeout(LONG_ENOUGH):
        async for event in events:
            if event.data is not None:
                told: ServerSentEventMessage = event
                return told
    raise AssertionError("it ended")


async def _all(feed: EventFeed, run: UUID) -> list[ServerSentEventMessage]:
    async with asyncio.timeout(LONG_ENOUGH):
        return [event async for event in feed.follow(LET_IN, run, None)]


def _told(text: str) -> Iterable[dict[str, str]]:
    """The events of a stream that tell something, field by field."""
    blocks = text.replace("\r\n", "\n").strip().split("\n\n")
    events = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    return [event for event in events if "data" in event]
