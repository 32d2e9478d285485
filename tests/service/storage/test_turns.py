"""However many runs one programme queues, those of the others are taken up in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.operations.work import Claim, claim_run
from service.storage.database import Database
from tests.service.populated import populate, queue_a_run
from tests.service.services import PROGRAMME, a_database

pytestmark = pytest.mark.anyio

OTHER = "other"
MANY = 100


@pytest.mark.slow
async def test_a_hundred_runs_of_one_programme_hold_up_another_by_at_most_one(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        await _two_idle_programmes(database)
        for _ in range(MANY):
            await queue_a_run(database, people=2)
        first = await _claimed(database)
        await queue_a_run(database, OTHER, people=2)
        taken = [(await _claimed(database)).programme for _ in range(3)]
    assert first.programme == PROGRAMME
    assert taken == [OTHER, PROGRAMME, PROGRAMME]


async def test_two_that_queue_as_much_are_served_as_much(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        await _two_idle_programmes(database)
        for programme in (PROGRAMME,) * 4 + (OTHER,) * 4:
            await queue_a_run(database, programme, people=2)
        taken = [(await _claimed(database)).programme for _ in range(8)]
    assert [sorted(taken[n : n + 2]) for n in range(0, 8, 2)] == [[OTHER, PROGRAMME]] * 4


async def _two_idle_programmes(database: Database) -> None:
    """Both with a run that is being solved and none that waits."""
    for programme in (PROGRAMME, OTHER):
        await populate(database, programme, rounds=0)
    for _ in range(2):
        await _claimed(database)


async def _claimed(database: Database) -> Claim:
    async with database.across_programmes(writing=True) as session:
        found = await claim_run(session)
    assert found is not None
    return found
