"""What the API shows of things: their facts, and links to what belongs to them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from models.domain.base import Frozen
from models.domain.explanation import Alternative
from models.domain.issue import Issue
from models.domain.progress import Progress
from models.domain.result import Assignment, LevelResult, RunStatus, SolveStatus, Unmatched
from models.domain.round import Round, RoundChange, RoundStatus
from models.domain.run import Run, RunFailure
from models.domain.why import Audience
from service.api.links import explanation_path, round_links, round_path, run_links, run_path


class RoundReference(Frozen):
    """A round by its id, and how far it has come."""

    id: UUID
    status: RoundStatus


class RunReference(Frozen):
    """A run by its id, and how far it has come."""

    id: UUID
    status: RunStatus


class AcceptedView(Frozen):
    """A round that was taken in, with the run that solves it; `issues` are warnings only."""

    round: RoundReference
    run: RunReference
    issues: tuple[Issue, ...]
    links: dict[str, str]

    @classmethod
    def of(cls, round_: Round, run: Run, issues: tuple[Issue, ...]) -> AcceptedView:
        """The answer to a submission."""
        return cls(
            round=RoundReference(id=round_.id, status=round_.status),
            run=RunReference(id=run.id, status=run.status),
            issues=issues,
            links={"round": round_path(round_.id), **run_links(run.id)},
        )


class RoundView(Frozen):
    """A round: how many people it has, how far it has come, and its latest run.

    `version` rises with every change of the round, `revision` with every change of its document.
    """

    id: UUID
    name: str
    status: RoundStatus
    version: int
    revision: int
    digest: str
    participants: int
    mentors: int
    mentees: int
    submitted_at: datetime
    links: dict[str, str]

    @classmethod
    def of(cls, round_: Round) -> RoundView:
        """The view of a stored round."""
        links = round_links(round_.id)
        if round_.latest_run is not None:
            links["latest_run"] = run_path(round_.latest_run)
        if round_.published_run is not None:
            links["published_run"] = run_path(round_.published_run)
        return cls(links=links, **round_.model_dump(exclude={"latest_run", "published_run"}))


class DraftView(Frozen):
    """A round that was stored and is not solved; `issues` are warnings only."""

    round: RoundView
    issues: tuple[Issue, ...]


class RoundPage(Frozen):
    """Some rounds, and the link to the next page where more follow."""

    items: tuple[RoundView, ...]
    next: str | None


class ChangePage(Frozen):
    """Some changes of a round, and the link to the next page where more follow."""

    items: tuple[RoundChange, ...]
    next: str | None


class ProgressView(Frozen):
    """How far a solve has come; `gap` is bound minus value, `elapsed` is in seconds."""

    stage: str
    level: str | None
    value: int | None
    bound: int | None
    gap: int | None
    elapsed: float

    @classmethod
    def of(cls, progress: Progress) -> ProgressView:
        """The view of a report, with its gap worked out."""
        return cls(gap=progress.gap, **progress.model_dump())


class RunView(Frozen):
    """A run: its status and times, its progress, and its levels once it is finished.

    It solves a `revision` of the round's document, and is `stale` once there is a newer one.
    """

    id: UUID
    round: UUID
    revision: int
    stale: bool
    status: RunStatus
    solve_status: SolveStatus | None
    attempt: int
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    progress: ProgressView | None
    levels: tuple[LevelResult, ...]
    failure: RunFailure | None
    stop_asked: bool
    links: dict[str, str]

    @classmethod
    def of(cls, run: Run) -> RunView:
        """The view of a stored run."""
        return cls(
            round=run.round_id,
            progress=ProgressView.of(run.progress) if run.progress else None,
            levels=run.levels,
            failure=run.failure,
            links={"round": round_path(run.round_id), **run_links(run.id)},
            **run.model_dump(exclude={"round_id", "progress", "levels", "failure"}),
        )


class RunPage(Frozen):
    """Some runs, and the link to the next page where more follow."""

    items: tuple[RunView, ...]
    next: str | None


class AssignmentView(Frozen):
    """A pair that was made; the reasons for it are behind `links.explanation`."""

    mentor: str
    mentee: str
    points: int
    mentee_rank: int
    mentor_rank: int
    forced_by: str | None
    links: dict[str, str]

    @classmethod
    def of(cls, run_id: UUID, made: Assignment) -> AssignmentView:
        """The view of a stored assignment."""
        return cls(
            links={"explanation": explanation_path(run_id, made.mentor, made.mentee)},
            **made.model_dump(exclude={"contributions", "checks"}),
        )


class AssignmentPage(Frozen):
    """Some assignments, and the link to the next page where more follow."""

    items: tuple[AssignmentView, ...]
    next: str | None


class ExplanationPage(Frozen):
    """Some pairs with every reason, and the link to the next page where more follow."""

    items: tuple[Assignment, ...]
    next: str | None


class UnmatchedPage(Frozen):
    """Some people who were left over, and the link to the next page where more follow."""

    items: tuple[Unmatched, ...]
    next: str | None


class AlternativePage(Frozen):
    """Some possible partners of somebody, and the link to the next page where more follow."""

    items: tuple[Alternative, ...]
    next: str | None


class Told(Frozen):
    """An answer in sentences for one audience; none where nothing of it may be told to them."""

    audience: Audience
    sentences: tuple[str, ...]
