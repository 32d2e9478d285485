from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from sqlalchemy import text

from service.errors import NotAuthenticated, SettingRefused
from service.operations.keys import LONGEST_NAME, KeyRequest, authenticate, create_key
from service.security.keys import make_key
from tests.service.services import PROGRAMME, a_database

pytestmark = pytest.mark.anyio


async def test_a_key_lets_in_and_tells_whose_it_is(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        async with database.writing(PROGRAMME) as store:
            created, secret = await create_key(store, KeyRequest(name=" hr-system "))
        async with database.across_programmes(writing=False) as session:
            found = await authenticate(session, secret)
    assert found == created
    assert (found.programme, found.name) == (PROGRAMME, "hr-system")


async def test_the_database_never_holds_the_key_itself(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database, database.writing(PROGRAMME) as store:
        _, secret = await create_key(store, KeyRequest(name="hr-system"))
        row = (await store.session.execute(text("SELECT * FROM api_keys"))).one()
    assert secret[16:-9] not in str(row)


@pytest.mark.parametrize("text_sent", [None, "", "pw_", "Bearer", "é" * 60])
async def test_what_is_no_key_does_not_let_in(tmp_path: Path, text_sent: str | None) -> None:
    async with (
        a_database(tmp_path) as database,
        database.across_programmes(writing=False) as session,
    ):
        with pytest.raises(NotAuthenticated):
            await authenticate(session, text_sent)


async def test_a_wrong_secret_and_an_unknown_prefix_are_told_the_same(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        async with database.writing(PROGRAMME) as store:
            _, secret = await create_key(store, KeyRequest(name="hr-system"))
        refusals = []
        other = make_key().text
        for wrong in (_with_prefix_of(secret, other), other):
            async with database.across_programmes(writing=False) as session:
                with pytest.raises(NotAuthenticated) as refused:
                    await authenticate(session, wrong)
            refusals.append(refused.value.issues)
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * (LONGEST_NAME + 1)])
async def test_a_key_needs_a_name_that_can_be_read(tmp_path: Path, name: str) -> None:
    async with a_database(tmp_path) as database, database.writing(PROGRAMME) as store:
        with pytest.raises(SettingRefused) as refused:
            await create_key(store, KeyRequest(name=name))
    assert refused.value.issues[0].code == "KEY_NAME_REFUSED"


async def test_a_key_needs_a_programme_that_exists(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database, database.writing("nobody") as store:
        with pytest.raises(SettingRefused) as refused:
            await create_key(store, KeyRequest(name="hr-system"))
    assert refused.value.issues[0].code == "PROGRAMME_UNKNOWN"


def _with_prefix_of(known: str, other: str) -> str:
    """A well-formed key with the prefix of one that is known, and another's secret."""
    begun = known[:16] + other[16:-8]
    return f"{begun}{zlib.crc32(begun.encode()):08x}"
