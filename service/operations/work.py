"""A run's life as a worker lives it: claimed, reported on, finished or given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from models.domain.run import Run, RunFailure
from service.operations.audit import record
from service.storage import results, rounds, runs
from service.storage.database import Store


@runtime_checkable
class RunDelivery(Protocol):
    """How workers hear of a queued run. The row is the truth: a lost message loses nothing."""

    async def announce(self, run_id: UUID) -> None:
        """Say that a run has been queued and committed."""


@dataclass(frozen=True)
class Claim:
    """A run that a worker has taken up; what it reports counts until the run is queued again."""

    programme: str
    run: Run


async def claim_run(session: AsyncSession) -> Claim | None:
    """Take up the run that has waited longest; None where no run waits."""
    found = await runs.claim_next(session, datetime.now(UTC))
    if found is None:
        return None
    programme, run = found
    await rounds.set_status(Store(session, programme), run.round_id, "running")
    return Claim(programme, run)


async def load_problem(store: Store, run: Run) -> tuple[Problem, tuple[Issue, ...]]:
    """The problem that a run is to solve, and the warnings that its result is to repeat."""
    return await rounds.problem_of(store, run.round_id)


async def record_progress(store: Store, run: Run, progress: Progress) -> bool:
    """Store how far a solve has come; False where the run is no longer this worker's."""
    return await runs.record_progress(store, run, progress)


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
        answered = result.run.solve_status in ("optimal", "feasible")
        await rounds.set_status(store, run.round_id, "solved" if answered else "validated")
        facts = {"solve_status": result.run.solve_status, "digest": result.certificate.digest}
        await record(store, "run finished", f"run:{run.id}", **facts)
    return ours


async def fail_run(store: Store, run: Run, failure: RunFailure) -> bool:
    """End a run that gave no result; False where it is another worker's by now."""
    ours = await runs.finish(
        store, run, status="failed", failure=failure, finished_at=datetime.now(UTC)
    )
    if ours:
        await rounds.set_status(store, run.round_id, "validated")
        await record(store, "run failed", f"run:{run.id}", code=failure.code)
    return ours


async def give_back_run(store: Store, run: Run) -> bool:
    """Queue a run again that this worker cannot finish, because it is being shut down."""
    ours = await runs.requeue(store, run)
    if ours:
        await rounds.set_status(store, run.round_id, "validated")
    return ours


async def requeue_interrupted_runs(session: AsyncSession) -> int:
    """Queue every run again that was being solved when its process ended; gives their number."""
    return await runs.requeue_solving(session)
