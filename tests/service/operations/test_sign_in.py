"""Signing in, below HTTP: one account for each person, one session for each sign-in."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.domain.session import LONGEST, Session
from service.errors import NotAuthenticated, NotPermitted, SettingRefused
from service.operations.accounts import disable_account, enable_account, list_accounts
from service.operations.sessions import authenticate_session, end_session, list_sessions
from service.operations.sign_in import LINK_GOOD_FOR, make_link, sign_in, sign_in_by_link
from service.security.identity import Identity
from service.storage import accounts
from service.storage.database import Database
from tests.service.services import PROGRAMME, a_database, all_rows, some_settings

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SOMEBODY = Identity("https://login.example", "somebody", "planner", "a@example.gov.uk")


async def signed_in(
    database: Database, identity: Identity = SOMEBODY, attempt: str = "1", now: datetime = NOW
) -> tuple[Session, str]:
    """A fresh session for somebody, from an attempt of its own."""
    made_from = hashlib.sha256(attempt.encode()).hexdigest()
    async with database.writing(PROGRAMME) as store:
        return await sign_in(store, identity, made_from, now)


async def is_in(database: Database, session_id: str, now: datetime = NOW) -> bool:
    async with database.reading(PROGRAMME) as store:
        try:
            await authenticate_session(store, session_id, now)
        except NotAuthenticated:
            return False
        return True


async def test_one_person_has_one_account_however_often_they_sign_in(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        for attempt in "12":
            await signed_in(database, attempt=attempt)
        await signed_in(database, replace(SOMEBODY, issuer="https://other.example"), "3")
        async with database.reading(PROGRAMME) as store:
            found = await list_accounts(store)
    assert [account.subject for account in found] == ["somebody", "somebody"]
    assert len({account.issuer for account in found}) == 2


async def test_signing_in_for_the_first_time_in_many_browsers_at_once_makes_one_account(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        made = await asyncio.gather(*(signed_in(database, attempt=a) for a in "12345678"))
    assert len({session.account_id for session, _ in made}) == 1
    (account,) = (await all_rows(tmp_path))["accounts"]
    assert account["email"] == "a@example.gov.uk"


async def test_one_attempt_makes_one_session_also_when_it_comes_twice_at_once(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        made = await asyncio.gather(
            *(signed_in(database, attempt="one") for _ in range(4)), return_exceptions=True
        )
        refused = [error for error in made if isinstance(error, BaseException)]
        assert [type(error) for error in refused] == [NotAuthenticated] * 3
    assert len((await all_rows(tmp_path))["sessions"]) == 1


async def test_another_role_ends_every_session_that_had_the_one_before(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        _, planner = await signed_in(database)
        _, same = await signed_in(database, attempt="2")
        assert await is_in(database, planner)
        session, admin = await signed_in(database, replace(SOMEBODY, role="admin"), "3")
        assert [await is_in(database, text) for text in (planner, same, admin)] == [
            False,
            False,
            True,
        ]
    assert session.role == "admin"
    acts = [(row["action"], row["details"]) for row in (await all_rows(tmp_path))["audit_log"]]
    assert ("role changed", '{"before": "planner", "now": "admin"}') in acts


async def test_disabling_somebody_ends_their_sessions_and_lets_none_begin(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        session, text = await signed_in(database)
        for _ in range(2):  # the second time changes nothing
            async with database.writing(PROGRAMME) as store:
                disabled = await disable_account(store, session.account_id, NOW)
        assert disabled.disabled_at == NOW
        assert not await is_in(database, text)
        with pytest.raises(NotPermitted):
            await signed_in(database, attempt="2")
        for _ in range(2):
            async with database.writing(PROGRAMME) as store:
                assert (await enable_account(store, session.account_id, NOW)).disabled_at is None
        assert not await is_in(database, text)
        assert await is_in(database, (await signed_in(database, attempt="3"))[1])
    acts = [row["action"] for row in (await all_rows(tmp_path))["audit_log"]]
    assert acts.count("account disabled") == acts.count("account enabled") == 1


async def test_a_session_that_begins_while_somebody_is_disabled_never_comes_to_life(
    tmp_path: Path,
) -> None:
    """As when the two transactions run side by side, and disabling does not see the session."""
    async with a_database(tmp_path) as database:
        session, text = await signed_in(database)
        async with database.writing(PROGRAMME) as store:
            await accounts.change(store, session.account_id, disabled_at=NOW)
        assert not await is_in(database, text)
        async with database.writing(PROGRAMME) as store:
            await enable_account(store, session.account_id, NOW)
        assert not await is_in(database, text)


async def test_sessions_that_are_over_are_not_listed_and_at_last_forgotten(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        first, _ = await signed_in(database)
        async with database.writing(PROGRAMME) as store:
            assert await list_sessions(store, NOW) == (first,)
            assert await list_sessions(store, NOW + timedelta(minutes=30)) == ()
            ended = await end_session(store, first.id, NOW)
            assert await list_sessions(store, NOW) == ()
            assert await end_session(store, first.id, NOW + LONGEST) == ended
        assert len((await all_rows(tmp_path))["sessions"]) == 1
        later, _ = await signed_in(database, attempt="2", now=NOW + 2 * LONGEST + SECOND)
        async with database.reading(PROGRAMME) as store:
            assert await list_sessions(store, NOW + 2 * LONGEST + SECOND) == (later,)
    assert len((await all_rows(tmp_path))["sessions"]) == 1


async def test_a_link_is_good_once_for_a_quarter_of_an_hour(tmp_path: Path) -> None:
    settings = some_settings(tmp_path)
    async with a_database(tmp_path) as database:
        async with database.writing(PROGRAMME) as store:
            links = [await make_link(store, settings, "auditor", NOW) for _ in range(2)]
        async with database.writing(PROGRAMME) as store:
            session, _ = await sign_in_by_link(store, settings, links[0], NOW)
        for link, now in ((links[0], NOW), (links[1], NOW + LINK_GOOD_FOR), ("x", NOW)):
            with pytest.raises(NotAuthenticated):
                async with database.writing(PROGRAMME) as store:
                    await sign_in_by_link(store, settings, link, now)
    assert session.role == "auditor"


async def test_production_neither_makes_a_link_nor_takes_one(tmp_path: Path) -> None:
    production = some_settings(tmp_path, environment="production")
    async with a_database(tmp_path) as database, database.writing(PROGRAMME) as store:
        link = await make_link(store, some_settings(tmp_path), "planner", NOW)
        with pytest.raises(SettingRefused):
            await make_link(store, production, "planner", NOW)
        with pytest.raises(NotAuthenticated):
            await sign_in_by_link(store, production, link, NOW)
        assert await sign_in_by_link(store, some_settings(tmp_path), link, NOW)
