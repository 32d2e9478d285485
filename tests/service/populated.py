"""Databases with something in every table, and what they hold, to be compared."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, inspect, text

from models.domain.by_hand import ByHand
from models.reference import civil_service
from service.operations.by_hand import store_change
from service.operations.idempotency import Submission, remember
from service.operations.keys import KeyRequest, create_key
from service.operations.rounds import check_round, submit_round
from service.operations.runs import read_result
from service.operations.sign_in import make_link, sign_in
from service.operations.webhooks import create_webhook
from service.operations.work import claim_run, finish_run, load_errand, report_run
from service.outbound.destinations import OutboundRules, read_destination
from service.security.identity import Identity
from service.settings import Settings
from service.storage import allowances, programmes
from service.storage.database import Database, Store
from tests.service.runs import INCUMBENT
from tests.service.services import PROGRAMME, a_document, a_result

Contents = dict[tuple[str, str], tuple[int, str]]
"""By table and column: how many rows there are, and a digest of the column in their order."""


async def populate(
    database: Database, programme: str = PROGRAMME, *, rounds: int = 1, people: int = 3
) -> str:
    """A programme with a key, a webhook, solved rounds that were changed by hand, one that is being
    solved and was sent under an idempotency key, one that waits, and somebody who is signed in;
    gives the API key."""
    async with database.across_programmes(writing=True) as session:
        await programmes.save(session, civil_service().model_copy(update={"key": programme}))
    async with database.writing(programme) as store:
        await create_webhook(store, read_destination("https://example.org/", OutboundRules()))
    for _ in range(rounds):
        solved = await queue_a_run(database, programme, people)
        await _solve_what_waits(database)
        await _change_by_hand(database, programme, solved)
    begun = await queue_a_run(database, programme, people)
    async with database.across_programmes(writing=True) as session:
        claim = await claim_run(session)
    assert claim is not None
    async with database.writing(programme) as store:
        await report_run(store, claim.run, incumbent=INCUMBENT)
        await allowances.take(store, "programme", minute=0, wanted=1, most=1)
        await remember(store, Submission("once", b"{}"), begun, "{}", datetime.now(UTC))
        await _sign_somebody_in(store)
    await queue_a_run(database, programme, people)
    async with database.writing(programme) as store:
        return (await create_key(store, KeyRequest(name="hr-system")))[1]


async def queue_a_run(database: Database, programme: str = PROGRAMME, people: int = 3) -> UUID:
    """A submitted round whose run nobody has taken up; gives the run."""
    document = json.dumps(a_document(mentors=people // 2, mentees=people - people // 2))
    checked = check_round(document.encode(), civil_service())
    async with database.writing(programme) as store:
        return (await submit_round(store, checked)).id


async def _change_by_hand(database: Database, programme: str, run_id: UUID) -> None:
    async with database.writing(programme) as store:
        result = await read_result(store, run_id)
        made, digest = result.assignments[0], result.certificate.digest
        choice = ByHand(
            kind="tie_choice", mentor=made.mentor, mentee=made.mentee, instead_of=digest
        )
        run = result.run.model_copy(update={"by_hand": (choice,)})
        await store_change(store, run_id, result.model_copy(update={"run": run}), "They asked.")


async def contents(database: Database) -> Contents:
    """What a database holds; the connection has to be above row-level security."""
    async with database.connection(writing=False) as connection:
        return await connection.run_sync(_contents)


def _contents(connection: Connection) -> Contents:
    found: Contents = {}
    inspector = inspect(connection)
    for table in inspector.get_table_names():
        keys = ", ".join(inspector.get_pk_constraint(table)["constrained_columns"])
        rows = connection.execute(text(f"SELECT * FROM {table} ORDER BY {keys}")).mappings().all()  # noqa: S608
        for column in (column["name"] for column in inspector.get_columns(table)):
            digest = hashlib.sha256("\n".join(str(row[column]) for row in rows).encode())
            found[table, column] = (len(rows), digest.hexdigest())
    return found


async def _sign_somebody_in(store: Store) -> None:
    """Somebody with a session, and a link that nobody has used."""
    now, identity = datetime.now(UTC), Identity("https://login.example", "somebody", "planner")
    await sign_in(store, identity, hashlib.sha256(store.programme.encode()).hexdigest(), now)
    await make_link(store, Settings(), "auditor", now)


async def _solve_what_waits(database: Database) -> None:
    while True:
        async with database.across_programmes(writing=True) as session:
            claim = await claim_run(session)
        if claim is None:
            return
        async with database.writing(claim.programme) as store:
            errand = await load_errand(store, claim.run)
            await finish_run(store, claim.run, a_result(errand.problem, errand.warnings))
