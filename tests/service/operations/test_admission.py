from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.api_key import ApiKey
from service.errors import NotAuthenticated
from service.operations.admission import ASKED_EVERY, Admission
from service.operations.keys import KeyRequest, create_key, revoke_key
from service.storage.database import Store
from tests.service.clocks import Clock
from tests.service.services import PROGRAMME, a_database

pytestmark = pytest.mark.anyio


async def a_key(store: Store) -> ApiKey:
    return (await create_key(store, KeyRequest(name="a")))[0]


async def test_a_key_is_looked_at_again_after_a_while_and_not_before(tmp_path: Path) -> None:
    clock = Clock()
    async with a_database(tmp_path) as database, database.writing(PROGRAMME) as store:
        key = await a_key(store)
        admission = Admission(key, clock)
        clock.now += ASKED_EVERY
        await admission.require(store)
        await revoke_key(store, key.id)
        clock.now += ASKED_EVERY / 2
        await admission.require(store)
        clock.now += ASKED_EVERY / 2
        with pytest.raises(NotAuthenticated) as refused:
            await admission.require(store)
    assert refused.value.issues[0].code == "KEY_ENDED"
