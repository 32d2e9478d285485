"""A run as server-sent events: each state that it comes to, until its end.

What is told is read from the run's row, so it does not matter which process solves it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import Event
from typing import Annotated, Any, cast
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, HeaderParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage

from models.domain.base import Frozen
from models.domain.result import RunStatus, SolveStatus
from models.domain.run import Run
from service.api.problems import behind_key
from service.api.representations import ProgressView
from service.errors import DatabaseUnavailable, NotAuthenticated, TooManyListeners, one_issue
from service.operations.admission import Admission
from service.operations.runs import read_run
from service.storage.database import Database

LOOK_EVERY = 0.5
"""How often a run is looked at, in seconds; its worker stores progress about once a second."""

LONGEST_STREAM = 300.0
"""After so many seconds a stream ends, and the client comes back to whichever process has room."""

COME_BACK_AFTER = 1000
"""How long a client should wait before it connects again, in milliseconds."""

LastEventId = Annotated[
    str | None,
    HeaderParameter(
        name="last-event-id", description="The last event that was seen; it is not told again."
    ),
]


class RunState(Frozen):
    """The data of an event: how far a run has come."""

    status: RunStatus
    attempt: int
    stop_asked: bool
    solve_status: SolveStatus | None
    progress: ProgressView | None


class EventFeed:
    """Tells listeners of runs; so many at once in this process, each silent no longer than
    `heartbeat` seconds. `closing` is set when the service is about to end."""

    def __init__(self, database: Database, most: int, heartbeat: float, closing: Event) -> None:
        self._database, self._most = database, most
        self._heartbeat, self._closing = heartbeat, closing
        self._listeners = 0

    @property
    def listeners(self) -> int:
        """How many there are."""
        return self._listeners

    def require_room(self) -> None:
        """Raises `TooManyListeners` where one more cannot be served."""
        if self._listeners >= self._most:
            raise TooManyListeners(
                one_issue(
                    "TOO_MANY_LISTENERS",
                    f"{self._listeners} callers follow runs already, as many as are served.",
                    hint="Try again in a few seconds, or ask for the run now and then.",
                )
            )

    async def follow(
        self, admission: Admission, run_id: UUID, seen: str | None
    ) -> AsyncIterator[ServerSentEventMessage]:
        """Each new state of a run, with comments in between; ends with the run, and with the
        caller's key or session.

        Nothing where the last place was taken since there was room: come back.
        """
        if self._listeners >= self._most:
            return
        clock = asyncio.get_running_loop().time
        until, spoken = clock() + LONGEST_STREAM, clock()
        with self._listening():
            yield ServerSentEventMessage(data=None, retry=COME_BACK_AFTER)
            while True:
                try:
                    async with self._database.reading(admission.programme) as store:
                        await admission.require(store)
                        run = await read_run(store, run_id)
                except (DatabaseUnavailable, NotAuthenticated):
                    # Whoever comes back is told so properly, or goes on where they were.
                    return
                event = event_of(run)
                if event.id != seen:
                    seen, spoken = str(event.id), clock()
                    yield event
                elif clock() - spoken >= self._heartbeat:
                    spoken = clock()
                    yield ServerSentEventMessage(data=None, comment="still here")
                if run.finished or self._closing.is_set() or clock() >= until:
                    return
                await asyncio.sleep(min(LOOK_EVERY, self._heartbeat))

    @contextmanager
    def _listening(self) -> Iterator[None]:
        self._listeners += 1
        try:
            yield
        finally:
            self._listeners -= 1


class RunEventController(Controller):
    """Runs as they go on."""

    path = "/runs/{run_id:uuid}/events"
    tags = ("Runs",)

    @get(
        operation_id="watchRun",
        summary="Follow a run",
        media_type="text/event-stream",
        response_description="Server-sent events, until the run has ended.",
        responses={
            int(HTTPStatus.NO_CONTENT): ResponseSpec(
                None, description="The end was told before; there is nothing to come back for."
            ),
            **behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
        },
    )
    async def watch(
        self,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        admission: NamedDependency[Admission],
        feed: NamedDependency[EventFeed],
        last_event_id: LastEventId = None,
    ) -> Response[Any]:
        """An event `progress` for each new state, and one `end`; the data is JSON.

        The data has `status`, `attempt`, `stop_asked`, `solve_status` and `progress` with
        `level`, `value`, `bound`, `gap` and `elapsed`. A client that comes back with
        `Last-Event-ID` is told the state as it is then, unless it has seen it. The stream also
        ends after five minutes, and once the key or the session does; then come back.
        """
        async with database.reading(admission.programme) as store:
            run = await read_run(store, run_id)
        if run.finished and last_event_id == event_of(run).id:
            return Response("", status_code=int(HTTPStatus.NO_CONTENT))
        feed.require_room()
        events = ServerSentEvent(
            feed.follow(admission, run_id, last_event_id), headers={"Cache-Control": "no-store"}
        )
        return cast("Response[Any]", events)


def event_of(run: Run) -> ServerSentEventMessage:
    """The event that tells a run's state. Its id follows from what it tells, in every process."""
    state = RunState(
        status=run.status,
        attempt=run.attempt,
        stop_asked=run.stop_asked,
        solve_status=run.solve_status,
        progress=ProgressView.of(run.progress) if run.progress else None,
    )
    data = state.model_dump_json()
    return ServerSentEventMessage(
        data=data,
        event="end" if run.finished else "progress",
        id=hashlib.sha256(data.encode()).hexdigest()[:16],
    )
