"""The end of a run, whoever brings it about: each has one, and the world is told of it once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from models.domain.event import RunEvent
from models.domain.result import RunStatus
from models.domain.run import Run
from service.errors import RunFinished, one_issue
from service.failpoints import failpoint
from service.operations.audit import record
from service.operations.round_life import run_over
from service.operations.runs import read_run
from service.storage import incumbents, outbox, runs
from service.storage.database import Store


async def cancel_run(store: Store, run_id: UUID) -> Run:
    """End a run without a result, at once; whoever solves it can store nothing from here on.

    Cancelling a cancelled run changes nothing. Raises `RunFinished` for one that has ended in
    another way.
    """
    cancelled = await runs.cancel(store, run_id, datetime.now(UTC))
    run = await read_run(store, run_id)
    if cancelled:
        await record_end(store, run, "cancelled", "run cancelled")
    elif run.status != "cancelled":
        raise _finished(run)
    return run


async def stop_run(store: Store, run_id: UUID) -> Run:
    """Ask for the best answer so far: whoever solves the run ends its search and stores that.

    A run that still waits is given a quick answer when its turn comes. Raises `RunFinished` for
    one that has ended.
    """
    before = await read_run(store, run_id)
    asked = await runs.ask_to_stop(store, run_id)
    run = await read_run(store, run_id)
    if not asked:
        raise _finished(run)
    if not before.stop_asked:
        await record(store, "run asked to stop", f"run:{run_id}")
    return run


async def record_end(store: Store, run: Run, state: RunStatus, act: str, **facts: str) -> None:
    """What goes with a run's last status, in the same transaction.

    What it means for its round, the act with its facts in the audit log, and the event in the
    outbox. The status and the result are stored before.
    """
    await run_over(store, run)
    await record(store, act, f"run:{run.id}", **facts)
    await incumbents.remove(store, run.id)
    failpoint("before_outbox")
    await outbox.add(store, RunEvent.of(run.round_id, run.id, state, datetime.now(UTC)))
    failpoint("after_outbox")


def _finished(run: Run) -> RunFinished:
    return RunFinished(
        one_issue(
            "RUN_FINISHED",
            f"Run {run.id} has ended already: it is {run.status}.",
            hint="See the run for what it gave.",
            status=run.status,
        )
    )
