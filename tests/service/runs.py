"""Runs in a database, as far along as a test needs them."""

from __future__ import annotations

import json

from models.domain.certificate import Prices
from models.domain.incumbent import Incumbent, Standing
from models.domain.progress import Progress
from models.domain.run import Run, RunFailure
from models.reference import civil_service
from service.operations.rounds import check_round, submit_round
from service.operations.work import Claim, claim_run, finish_run, load_errand
from service.storage.database import Database
from tests.service.services import PROGRAMME, a_document, a_result

HALFWAY = Progress(stage="deciding", level="points", value=3, bound=9, elapsed=1.5)
INCUMBENT = Incumbent(
    pairs=((0, 0),), levels=(Standing(name="points", value=3, bound=9, prices=Prices()),)
)
FAILURE = RunFailure(code="SOLVE_FAILED", message="It ended.", incident="i")


async def queued(database: Database, mentors: int = 1, mentees: int = 1) -> Run:
    """A run that waits for a worker."""
    body = json.dumps(a_document(mentors, mentees)).encode()
    async with database.writing(PROGRAMME) as store:
        return await submit_round(store, check_round(body, civil_service()))


async def claimed(database: Database) -> Claim:
    """The run whose turn it is, taken up."""
    async with database.across_programmes(writing=True) as session:
        claim = await claim_run(session)
    assert claim is not None
    return claim


async def finished(database: Database, mentors: int = 1, mentees: int = 1) -> Run:
    """A run with a result."""
    run = await queued(database, mentors, mentees)
    await solved(database)
    return run


async def solved(database: Database) -> None:
    """The run that has waited longest comes to its end with a result."""
    claim = await claimed(database)
    async with database.writing(PROGRAMME) as store:
        errand = await load_errand(store, claim.run)
        assert await finish_run(store, claim.run, a_result(errand.problem, errand.warnings))
