"""Requests that make something: answered once, however often they are sent under one key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, TypeVar
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import HeaderParameter

from models.domain.base import Frozen
from service.api.problems import AnyRequest
from service.operations.idempotency import InFlight, KeyTaken, Submission, recall, remember
from service.storage.database import Database, Store

View = TypeVar("View", bound=Frozen)
Prepared = TypeVar("Prepared")

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="idempotency-key",
        description=(
            "A fresh key of the caller's, such as a UUID. A repeat with the same key and body "
            "gets the same answer for 24 hours and changes nothing more."
        ),
    ),
]


@dataclass(frozen=True)
class Once:
    """A request with whoever sent it, and the key under which it may be sent again."""

    database: Database
    programme: str
    actor: str
    in_flight: InFlight
    submission: Submission | None

    async def answer(
        self,
        view: type[View],
        prepare: Callable[[], Awaitable[Prepared]],
        keep: Callable[[Store, Prepared], Awaitable[tuple[UUID | None, View]]],
    ) -> View:
        """The answer, or the one that a request like this was given before.

        What takes its time is done by `prepare`; `keep` stores what came of it, in one
        transaction, and gives the run that was made, if one was, with the answer.
        """
        with self._held():
            before = await self._before(view)
            if before is not None:
                return before
            prepared = await prepare()
            try:
                async with self.database.writing(self.programme, self.actor) as store:
                    return await self._recalled(store, view) or await self._kept(
                        store, *await keep(store, prepared)
                    )
            except KeyTaken:
                # Another process has stored the same; what was prepared here is forgotten.
                before = await self._before(view)
                if before is None:
                    raise
                return before

    def _held(self) -> AbstractContextManager[None]:
        if self.submission is None:
            return nullcontext()
        return self.in_flight.hold(self.programme, self.submission.key)

    async def _before(self, view: type[View]) -> View | None:
        async with self.database.reading(self.programme) as store:
            return await self._recalled(store, view)

    async def _recalled(self, store: Store, view: type[View]) -> View | None:
        if self.submission is None:
            return None
        found = await recall(store, self.submission, datetime.now(UTC))
        return None if found is None else view.model_validate_json(found.answer)

    async def _kept(self, store: Store, run_id: UUID | None, view: View) -> View:
        if self.submission is not None:
            answer = view.model_dump_json()
            await remember(store, self.submission, run_id, answer, datetime.now(UTC))
        return view


async def once_per_key(
    request: AnyRequest,
    database: NamedDependency[Database],
    programme: NamedDependency[str],
    actor: NamedDependency[str],
    in_flight: NamedDependency[InFlight],
    idempotency_key: IdempotencyKey = None,
) -> Once:
    """The request that is being answered."""
    submission = None
    if idempotency_key is not None:
        wanted = f"{request.method} {request.url.path}\n"
        submission = Submission(idempotency_key, await request.body(), wanted)
    return Once(database, programme, actor, in_flight, submission)
