from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models.reference import civil_service
from service.operations.database import downgrade_database, is_ready, upgrade_database
from service.operations.keys import KeyRequest, create_key, list_keys, revoke_key
from service.operations.rounds import read_programme
from service.storage.database import Database
from tests.service.databases import chosen
from tests.service.services import PROGRAMME, a_database, some_settings

pytestmark = pytest.mark.anyio


async def test_an_upgraded_database_is_ready_and_holds_the_shipped_programme(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        assert await is_ready(database)
        async with database.reading(PROGRAMME) as store:
            assert await read_programme(store) == civil_service()


async def test_upgrading_again_brings_reference_data_up_to_date(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        chosen().execute(tmp_path, "UPDATE programmes SET definition = '{}'")
        await upgrade_database(some_settings(tmp_path))
        async with database.reading(PROGRAMME) as store:
            assert await read_programme(store) == civil_service()


async def test_a_downgraded_database_is_not_ready(tmp_path: Path) -> None:
    settings = some_settings(tmp_path)
    await upgrade_database(settings)
    await downgrade_database(settings, "base")
    database = Database(settings.database_url)
    assert not await is_ready(database)
    await database.close()


async def test_a_key_of_an_older_schema_ends_a_year_after_it_was_made(tmp_path: Path) -> None:
    """Down and up again; a revoked key would let in again under the older schema, so it goes."""
    settings = some_settings(tmp_path)
    async with a_database(tmp_path) as database:
        async with database.writing(PROGRAMME) as store:
            kept, _ = await create_key(store, KeyRequest(name="kept", role="auditor", days=7))
            gone, _ = await create_key(store, KeyRequest(name="gone"))
            await revoke_key(store, gone.id)
        await downgrade_database(settings, "0002")
        assert not await is_ready(database)
        await upgrade_database(settings)
        async with database.reading(PROGRAMME) as store:
            (found,) = await list_keys(store)
    assert (found.id, found.role, found.networks) == (kept.id, "hr_system", ())
    assert found.expires_at == kept.created_at + timedelta(days=365)
