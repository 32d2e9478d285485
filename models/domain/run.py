"""A run: one solve of a round, with a time for each step of its life."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from models.domain.base import Frozen
from models.domain.progress import Progress
from models.domain.result import LevelResult, RunStatus, SolveStatus

FINISHED: frozenset[RunStatus] = frozenset({"solved", "stopped", "failed", "cancelled"})
"""The statuses that a run never leaves."""

ANSWERED: frozenset[RunStatus] = frozenset({"solved", "stopped"})
"""The statuses of a run that has given a result."""

WITH_PAIRS: frozenset[SolveStatus] = frozenset({"optimal", "feasible"})
"""How a solve ends that has pairs to publish."""


class RunFailure(Frozen):
    """Why a run gave no result. `incident` is what the log calls it; no input is repeated."""

    code: str
    message: str
    incident: str


class SignOfLife(Frozen):
    """What can be seen of a run that is being solved: while its worker lives, `beat` rises."""

    programme: str
    run_id: UUID
    attempt: int
    beat: int


class QueueFigures(Frozen):
    """How many runs there are by status, and what those who watch a service ask beside that.

    `waiting_since` is when the run was queued that has waited longest; `quarantined` counts the
    runs that were given up because worker after worker died.
    """

    by_status: dict[str, int]
    waiting_since: datetime | None
    quarantined: int


class Run(Frozen):
    """How far a run has come; `levels` and `solve_status` are known once it is finished.

    `attempt` counts how often a worker has taken the run up. It is the fencing token: what a
    worker reports under an older attempt is refused. `stop_asked` says that somebody wants the
    best answer so far rather than to wait. `revision` is that of the round's document which it
    solves; `stale` that the document is another by now.
    """

    id: UUID
    round_id: UUID
    revision: int
    status: RunStatus
    attempt: int
    queued_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    solve_status: SolveStatus | None = None
    progress: Progress | None = None
    levels: tuple[LevelResult, ...] = ()
    failure: RunFailure | None = None
    stop_asked: bool = False
    stale: bool = False

    @property
    def finished(self) -> bool:
        """Whether the run has come to its end, with or without a result."""
        return self.status in FINISHED

    @property
    def has_result(self) -> bool:
        """Whether there is a result to look at."""
        return self.status in ANSWERED
