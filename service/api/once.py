"""A round that is sent is taken in once, however often it is sent under one key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from litestar.params import HeaderParameter

from models.domain.base import Frozen
from service.operations.idempotency import InFlight, KeyTaken, Submission, recall, remember
from service.operations.rounds import CheckedRound, check_round, read_programme
from service.storage.database import Database, Store

Answer = TypeVar("Answer", bound=Frozen)

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="idempotency-key",
        description=(
            "A fresh key of the caller's for each round, such as a UUID. A repeat with the same "
            "key and body gets the same answer for 24 hours and never makes a second round."
        ),
    ),
]


class Intake:
    """Takes rounds in for one programme, in somebody's name."""

    def __init__(self, database: Database, in_flight: InFlight, programme: str, actor: str) -> None:
        self._database, self._in_flight = database, in_flight
        self._programme, self._actor = programme, actor

    async def take_in(
        self, kind: TakingIn[Answer], body: bytes, idempotency_key: str | None
    ) -> Answer:
        """Check a round and store it, or tell what was answered when it was sent before."""
        if idempotency_key is None:
            return await self._once(kind, body, None)
        submission = Submission(idempotency_key, body, kind.wanted)
        with self._in_flight.hold(self._programme, submission.key):
            return await self._once(kind, body, submission)

    async def _once(
        self, kind: TakingIn[Answer], body: bytes, submission: Submission | None
    ) -> Answer:
        async with self._database.reading(self._programme) as store:
            reference_data = await read_programme(store)
            before = await _recall(store, kind, submission)
        if before is not None:
            return before
        # A large round takes a second to check: other requests are served meanwhile.
        checked = await asyncio.to_thread(check_round, body, reference_data)
        try:
            async with self._database.writing(self._programme, self._actor) as store:
                before = await _recall(store, kind, submission)
                return before or await _store(store, kind, checked, submission)
        except KeyTaken:
            async with self._database.reading(self._programme) as store:
                before = await _recall(store, kind, submission)
            if before is None:
                raise
            return before


@dataclass(frozen=True)
class TakingIn(Generic[Answer]):
    """What is wanted of a round that is sent: how it is stored, and what is answered.

    `store` gives the answer and the run that was queued, if one was. `wanted` tells the kinds
    apart where the same body is sent under the same key.
    """

    wanted: str
    answer: type[Answer]
    store: Callable[[Store, CheckedRound], Awaitable[tuple[Answer, UUID | None]]]


async def _recall(
    store: Store, kind: TakingIn[Answer], submission: Submission | None
) -> Answer | None:
    if submission is None:
        return None
    found = await recall(store, submission, datetime.now(UTC))
    return None if found is None else kind.answer.model_validate_json(found.answer)


async def _store(
    store: Store, kind: TakingIn[Answer], checked: CheckedRound, submission: Submission | None
) -> Answer:
    answer, run = await kind.store(store, checked)
    if submission is not None:
        await remember(store, submission, run, answer.model_dump_json(), datetime.now(UTC))
    return answer
