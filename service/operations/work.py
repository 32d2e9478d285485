"""A run's life as a worker lives it: claimed, reported on, finished or given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol, runtime_checkable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.incumbent import Incumbent
from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from models.domain.run import Run, RunFailure
from service.operations.endings import record_end
from service.storage import incumbents, results, rounds, runs
from service.storage.database import Store

Hold = Literal["held", "stop_asked", "lost"]
"""What a worker has of its run: it is to go on, to end with what it has, or to let go."""


@runtime_checkable
class RunDelivery(Protocol):
    """How workers hear of a queued run. The row is the truth: a lost message loses nothing."""

    async def announce(self, run_id: UUID) -> None:
        """Say that a run has been queued and committed."""


@dataclass(frozen=True)
class Claim:
    """A run that a worker has taken up; what it reports counts while the attempt is the run's."""

    programme: str
    run: Run


@dataclass(frozen=True)
class Errand:
    """What a worker needs to solve a run: `known` is the best answer of an earlier attempt."""

    problem: Problem
    warnings: tuple[Issue, ...]
    known: Incumbent | None


async def claim_run(session: AsyncSession) -> Claim | None:
    """Take up the next run, as programmes take turns; None where no run waits."""
    found = await runs.claim_next(session, datetime.now(UTC))
    if found is None:
        return None
    return Claim(*found)


async def load_errand(store: Store, run: Run) -> Errand:
    """The problem that a run is to solve, and what is known of its answer."""
    problem, warnings = await rounds.problem_of(store, run.round_id, run.revision)
    return Errand(problem, warnings, await incumbents.find(store, run.id))


async def report_run(
    store: Store, run: Run, progress: Progress | None = None, incumbent: Incumbent | None = None
) -> Hold:
    """Give a sign of life with what is new; says what the worker has of the run."""
    if not await runs.beat(store, run, progress):
        return "lost"
    if incumbent is not None:
        await incumbents.save(store, run.id, incumbent)
    return "stop_asked" if await runs.is_stop_asked(store, run.id) else "held"


async def finish_run(store: Store, run: Run, result: MatchResult) -> bool:
    """Store a result and end the run; False, and nothing stored, where it is another's by now."""
    ours = await runs.finish(
        store,
        run,
        status=result.run.status,
        solve_status=result.run.solve_status,
        finished_at=datetime.now(UTC),
    )
    if ours:
        await results.add(store, run.id, result)
        facts = {"solve_status": result.run.solve_status, "digest": result.certificate.digest}
        await record_end(store, run, result.run.status, "run finished", **facts)
    return ours


async def fail_run(store: Store, run: Run, failure: RunFailure) -> bool:
    """End a run that gave no result; False where it is another worker's by now."""
    ours = await runs.finish(
        store, run, status="failed", failure=failure, finished_at=datetime.now(UTC)
    )
    if ours:
        await record_end(store, run, "failed", "run failed", code=failure.code)
    return ours


async def give_back_run(store: Store, run: Run) -> bool:
    """Queue a run again that this worker cannot finish, because it is being shut down."""
    return await runs.requeue(store, run)
