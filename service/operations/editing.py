"""Rounds that people put together: their document is changed, checked, and sent to be solved.

A document is checked outside of any transaction, since that takes seconds for a large round.
What was checked is stored only while the round is still at the version that was seen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.domain.programme import Programme, trimmed
from models.domain.round import Round
from models.domain.round_life import RoundAct
from models.domain.run import Run
from service.errors import RoundRefused
from service.operations.merging import PEOPLE, by_reference, merged_document
from service.operations.quotas import require_room_in_queue
from service.operations.round_life import (
    Seen,
    begin,
    complete,
    do_to_round,
    publish_round,
    require_open,
    require_seen,
)
from service.operations.rounds import (
    CheckedRound,
    add_run,
    check_document,
    described,
    read_body,
    read_programme,
    read_round_summary,
)
from service.storage import identities, rounds
from service.storage.database import Database, Store


@dataclass(frozen=True)
class KeptRound:
    """A round with its present document, as one transaction saw them."""

    round_: Round
    document: dict[str, Any]
    programme: Programme

    @property
    def seen(self) -> Seen:
        """The version under which something of it may be stored."""
        return frozenset({self.round_.version})


async def read_kept_round(store: Store, round_id: UUID) -> KeptRound:
    """A round with its document; contact details are never part of it."""
    round_ = await read_round_summary(store, round_id)
    document = await rounds.document_of(store, round_id, round_.revision)
    return KeptRound(round_, document, await read_programme(store))


class RoundEditor:
    """Changes rounds of a programme in somebody's name; `intakes` bounds how many are checked.

    Every method raises `NotFound`, `ChangedMeanwhile` for a round that is none of those seen,
    `Conflicting` where its state does not permit the act, and `RoundRefused` with every issue.
    """

    def __init__(
        self, database: Database, programme: str, actor: str, intakes: asyncio.Semaphore
    ) -> None:
        self._database, self._programme, self._actor = database, programme, actor
        self._intakes = intakes

    async def replace(self, round_id: UUID, seen: Seen, body: bytes) -> Round:
        """Put another document in the place of a round's."""
        async with self._intakes:
            kept = await self._open(round_id, "edit", seen)
            document, unreadable = await asyncio.to_thread(read_body, body)
            checked = await asyncio.to_thread(check_document, document, kept.programme, unreadable)
            return await self._edit(kept, checked, _people_without_contact(document))

    async def merge(self, round_id: UUID, seen: Seen, body: bytes) -> Round:
        """Change parts of a round's document: `service.operations.merging` says how."""
        async with self._intakes:
            kept = await self._open(round_id, "edit", seen)
            patch, unreadable = await asyncio.to_thread(read_body, body)
            merged = merged_document(kept.document, patch)
            if merged.issues:
                raise RoundRefused((*unreadable, *merged.issues))
            try:
                checked = await asyncio.to_thread(
                    check_document, merged.document, kept.programme, unreadable
                )
            except RoundRefused as refused:
                issues = [by_reference(issue, merged.document) for issue in refused.issues]
                raise RoundRefused(issues) from None
            return await self._edit(kept, checked, _named_without_contact(patch))

    async def check(self, round_id: UUID, seen: Seen) -> Round:
        """Check a round's document as a whole, by what the programme knows now."""
        async with self._intakes:
            kept = await self._open(round_id, "validate", seen)
            checked = await self._checked(kept)
            async with self._writing() as store:
                before = await begin(store, round_id, "validate", kept.seen)
                after = await _revised(store, before, checked)
                return await complete(store, before, "validate", after=after)

    async def solve(self, round_id: UUID, seen: Seen) -> Run:
        """Check a round once more and queue a run. Raises `QueueFull` as a submission does."""
        async with self._intakes:
            kept = await self._open(round_id, "solve", seen)
            checked = await self._checked(kept)
            async with self._writing() as store:
                before = await begin(store, round_id, "solve", kept.seen)
                after = await _revised(store, before, checked)
                run = await add_run(store, after)
                await complete(store, before, "solve", after=after, run=run.id)
                await require_room_in_queue(store)
                return run

    async def do(self, round_id: UUID, act: RoundAct, seen: Seen) -> Round:
        """An act that needs nothing but its round."""
        async with self._writing() as store:
            return await do_to_round(store, round_id, act, seen)

    async def publish(self, round_id: UUID, seen: Seen, run_id: UUID | None = None) -> Round:
        """Publish a run's result, or the latest. Raises `NoResult` where there is none."""
        async with self._writing() as store:
            return await publish_round(store, round_id, seen, run_id)

    def _writing(self) -> AbstractAsyncContextManager[Store]:
        return self._database.writing(self._programme, self._actor)

    async def _open(self, round_id: UUID, act: RoundAct, seen: Seen) -> KeptRound:
        """The round, if the act could be done to it now; nothing is computed in vain."""
        async with self._database.reading(self._programme) as store:
            kept = await read_kept_round(store, round_id)
            await require_seen(store, kept.round_, seen)
            require_open(kept.round_, act)
            return kept

    async def _checked(self, kept: KeptRound) -> CheckedRound:
        """What is kept, checked anew; a round that does not pass is `invalid` from then on."""
        try:
            return await asyncio.to_thread(check_document, kept.document, kept.programme)
        except RoundRefused:
            async with self._writing() as store:
                before = await begin(store, kept.round_.id, "invalidate", kept.seen)
                await complete(store, before, "invalidate")
            raise

    async def _edit(self, kept: KeptRound, checked: CheckedRound, bare: Collection[str]) -> Round:
        known = {trimmed(person["reference"]) for person in kept.document[PEOPLE]}
        gone = known - {person.reference for person in checked.problem.participants}
        async with self._writing() as store:
            before = await begin(store, kept.round_.id, "edit", kept.seen)
            after = await _add_revision(store, before, checked)
            await identities.replace(store, after.id, checked.contacts, gone | set(bare))
            return await complete(store, before, "edit", after=after)


async def _revised(store: Store, before: Round, checked: CheckedRound) -> Round:
    """The round as it was, or with a new revision where the check now reads another problem."""
    if checked.digest == before.digest:
        return before
    return await _add_revision(store, before, checked)


async def _add_revision(store: Store, before: Round, checked: CheckedRound) -> Round:
    after = described(before, checked).model_copy(update={"revision": before.revision + 1})
    await rounds.add_revision(
        store, after.id, after.revision, checked.document, checked.problem, checked.warnings
    )
    return after


def _people_without_contact(document: Any) -> set[str]:
    """The references whose contact details a document says there are none of."""
    return {trimmed(each["reference"]) for each in document[PEOPLE] if _says_no_contact(each)}


def _named_without_contact(patch: Any) -> set[str]:
    people = patch.get(PEOPLE, {})
    return {trimmed(reference) for reference, each in people.items() if _says_no_contact(each)}


def _says_no_contact(person: dict[str, Any] | None) -> bool:
    return person is not None and "contact" in person and person["contact"] is None
