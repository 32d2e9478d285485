"""A service with two programmes that have the same in every table, and keys of every kind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from models.domain.api_key import KeyRole
from models.reference import civil_service
from service.operations.keys import KeyRequest, create_key, revoke_key
from service.operations.rounds import check_round, submit_round
from service.storage import keys, programmes
from service.storage.database import Database
from tests.service.asgi import Answer, ask, sending
from tests.service.populated import populate
from tests.service.routes import CALLER
from tests.service.services import (
    PROGRAMME,
    Caller,
    UncountedTries,
    a_database,
    a_document,
    a_service,
    all_rows,
)

OTHER = "other"
CANARY = "zq7x"
ROLES: tuple[KeyRole, ...] = get_args(KeyRole)
UNLIMITED = {"requests_per_minute": 10**6, "programme_requests_per_minute": 10**6}


@dataclass(frozen=True)
class TwoProgrammes:
    """Ours and another, whose round is full of canaries; keys by programme and role.

    `ended` are keys that let nobody in any more, by what became of them.
    """

    folder: Path
    caller: Caller
    keys: dict[tuple[str, KeyRole], str]
    ended: dict[str, str]

    def ask(
        self, key: str | None, method: str, path: str, body: bytes = b"", **headers: str
    ) -> Answer:
        """The answer to a request under a key, or under none."""
        given = {"authorization": "" if key is None else f"Bearer {key}"} | headers
        return ask(self.caller, method, path, sending(body), given)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table."""
        return asyncio.run(all_rows(self.folder))

    def rows_of(self, programme: str) -> dict[str, list[dict[str, Any]]]:
        """What a programme has, but for how often it has asked."""
        return {
            table: [row for row in rows if row.get("programme_key") == programme]
            for table, rows in self.rows().items()
            if table != "allowances"
        }


@contextmanager
def two_programmes(folder: Path) -> Iterator[TwoProgrammes]:
    """Both with solved runs, one that is being solved and one that waits, and nobody who works."""
    made, ended = asyncio.run(prepared(folder))
    with a_service(folder, with_worker=False, **UNLIMITED) as caller:
        caller.client.app.state.failed_tries = UncountedTries()
        yield TwoProgrammes(folder, caller, made, ended)


def a_document_of_canaries() -> dict[str, Any]:
    """A round in which every text is one that stands nowhere else."""
    document = json.dumps(a_document(mentors=2, mentees=3))
    for text in ("M-", "E-", "Mentor", "example", "Spring"):
        document = document.replace(f'"{text}', f'"{CANARY}{text}').replace("@ex", f"@{CANARY}ex")
    found: dict[str, Any] = json.loads(document)
    return found


async def prepared(folder: Path) -> tuple[dict[tuple[str, KeyRole], str], dict[str, str]]:
    """Makes the database of a folder; gives keys that let somebody in, and some that do not."""
    made = {}
    async with a_database(folder) as database:
        await populate(database)
        async with database.across_programmes(writing=True) as session:
            await programmes.save(session, civil_service().model_copy(update={"key": OTHER}))
        checked = check_round(json.dumps(a_document_of_canaries()).encode(), civil_service())
        async with database.writing(OTHER) as store:
            await submit_round(store, checked)
        await populate(database, OTHER)
        for programme in (PROGRAMME, OTHER):
            for role in ROLES:
                async with database.writing(programme) as store:
                    wanted = KeyRequest(
                        name=CALLER if programme == PROGRAMME else CANARY, role=role
                    )
                    made[programme, role] = (await create_key(store, wanted))[1]
        return made, await _ended(database)


async def _ended(database: Database) -> dict[str, str]:
    async with database.writing(PROGRAMME) as store:
        wanted = KeyRequest(name="ended", role="admin")
        expired, expired_text = await create_key(store, wanted)
        await keys.end(store, expired.id, expires_at=datetime.now(UTC) - timedelta(seconds=1))
        revoked, revoked_text = await create_key(store, wanted)
        await revoke_key(store, revoked.id)
    return {"expired": expired_text, "revoked": revoked_text}
