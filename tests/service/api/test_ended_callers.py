"""What was opened with a key or a session ends with it, in every process (S8, S10)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.domain.api_key import ApiKey
from service.api.cookies import SESSION
from service.operations.accounts import disable_account, list_accounts
from service.operations.keys import KeyRequest, create_key, list_keys, revoke_key, rotate_key
from service.operations.sessions import end_session, list_sessions
from service.storage import keys
from service.storage.database import Store
from tests.reliability.machine import load
from tests.service.browsers import a_signed_in_browser
from tests.service.listeners import Listener
from tests.service.services import (
    PROGRAMME,
    Caller,
    a_database,
    a_document,
    a_service,
    all_rows,
)

ENDED_WITHIN = 5.0
"""Seconds, by S10."""


@pytest.mark.parametrize("way", ["revoked", "expired", "replaced", "signed out", "disabled"])
def test_streams_end_with_what_they_were_opened_with_and_others_go_on(
    tmp_path: Path, way: str
) -> None:
    """Who ends it does so in another process: it shares the database alone."""
    with (
        a_service(tmp_path, with_worker=False) as caller,
        ExitStack() as listening,
    ):
        run = caller.post(a_document()).headers["location"]
        headers, end = _let_in(caller, tmp_path, way)
        ended, other = (
            listening.enter_context(Listener(caller.client, f"{run}/events", theirs))
            for theirs in (headers, caller.headers())
        )
        begun = time.monotonic()
        asyncio.run(_in_the_database(tmp_path, end))
        ended.wait_for_the_end(ENDED_WITHIN * load() - (time.monotonic() - begun))
        assert caller.client.get(run, headers=headers).status_code == 401
        assert other.listens


def test_a_wait_for_a_result_ends_with_the_key_and_what_was_accepted_stays_so(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path, with_worker=False) as caller, ThreadPoolExecutor(1) as waiting:
        answer = waiting.submit(caller.post, a_document(), prefer="wait=60")
        while not asyncio.run(all_rows(tmp_path))["runs"]:
            assert not answer.done()
        asyncio.run(_in_the_database(tmp_path, _revoke_all))
        accepted = answer.result(ENDED_WITHIN * load())
        assert caller.get(accepted.headers["location"]).status_code == 401
    assert accepted.status_code == 202
    assert accepted.json()["run"]["status"] == "queued"


End = Callable[[Store], Awaitable[Any]]


def _let_in(caller: Caller, folder: Path, way: str) -> tuple[dict[str, str], End]:
    """What lets somebody in, and how it comes to its end."""
    if way in {"signed out", "disabled"}:
        browser = a_signed_in_browser(caller.client, folder)
        end = _end_sessions if way == "signed out" else _disable_accounts
        return {"cookie": f"{SESSION}={browser.session}"}, end
    key, text = asyncio.run(_in_the_database(folder, _make_key))
    return {"authorization": f"Bearer {text}"}, lambda store: _end_key(store, way, key.id)


async def _in_the_database(folder: Path, act: Callable[[Store], Awaitable[Any]]) -> Any:
    async with a_database(folder) as database, database.writing(PROGRAMME) as store:
        return await act(store)


async def _make_key(store: Store) -> tuple[ApiKey, str]:
    return await create_key(store, KeyRequest(name="another", role="planner"))


async def _end_key(store: Store, way: str, key_id: UUID) -> None:
    if way == "revoked":
        await revoke_key(store, key_id)
    elif way == "replaced":
        await rotate_key(store, key_id, overlap_hours=0)
    else:
        await keys.end(store, key_id, expires_at=datetime.now(UTC))


async def _revoke_all(store: Store) -> None:
    for key in await list_keys(store):
        await revoke_key(store, key.id)


async def _end_sessions(store: Store) -> None:
    now = datetime.now(UTC)
    for session in await list_sessions(store, now):
        await end_session(store, session.id, now)


async def _disable_accounts(store: Store) -> None:
    for account in await list_accounts(store):
        await disable_account(store, account.id, datetime.now(UTC))
