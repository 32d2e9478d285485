"""Runs as callers see them: how far one has come, and what it gave."""

from __future__ import annotations

from uuid import UUID

from models.domain.result import Assignment, MatchResult, Unmatched
from models.domain.run import Run
from service.errors import NoResult, NotFound, not_found, one_issue
from service.operations.paging import Page, PageRequest
from service.storage import result_people, results, runs
from service.storage.database import Store


async def read_run(store: Store, run_id: UUID) -> Run:
    """A run of the programme."""
    run = await runs.find(store, run_id)
    if run is None:
        raise not_found("run", run_id)
    return run


async def read_result(store: Store, run_id: UUID) -> MatchResult:
    """The whole result of a finished run. Raises `NoResult` where there is none."""
    run = await read_run(store, run_id)
    result = await results.read(store, run_id)
    if result is None:
        raise _no_result(run)
    return result


async def list_assignments(
    store: Store,
    run_id: UUID,
    page: PageRequest,
    *,
    mentor: str | None = None,
    mentee: str | None = None,
) -> Page[Assignment]:
    """Some of the pairs that were made, in canonical order, each with all its reasons."""
    await _finished(store, run_id)
    found = await result_people.assignments(
        store, run_id, after=page.after, limit=page.limit, mentor=mentor, mentee=mentee
    )
    return Page.of(found.items, found.last)


async def list_unmatched(store: Store, run_id: UUID, page: PageRequest) -> Page[Unmatched]:
    """Some of those who have nobody, then of those who have fewer than they want."""
    await _finished(store, run_id)
    found = await result_people.unmatched(store, run_id, after=page.after, limit=page.limit)
    return Page.of(found.items, found.last)


async def explain_pair(store: Store, run_id: UUID, mentor: str, mentee: str) -> Assignment:
    """Why this pair: its points, rule by rule, the hard rules it passes, and its ranks."""
    await _finished(store, run_id)
    found = await result_people.assignments(store, run_id, mentor=mentor, mentee=mentee)
    if not found.items:
        raise pair_not_made(mentor, mentee)
    return found.items[0]


def pair_not_made(mentor: str, mentee: str) -> NotFound:
    """The refusal to explain a pair that there is not."""
    return NotFound(
        one_issue(
            "PAIR_NOT_MADE",
            "These two were not paired in this run.",
            hint="The run's assignments list every pair that was made.",
            mentor=mentor,
            mentee=mentee,
        )
    )


async def _finished(store: Store, run_id: UUID) -> None:
    run = await read_run(store, run_id)
    if not run.has_result:
        raise _no_result(run)


def _no_result(run: Run) -> NoResult:
    if run.finished:
        return NoResult(
            one_issue(
                "RUN_GAVE_NO_RESULT",
                f"Run {run.id} ended without a result: it is {run.status}.",
                hint="The run says why; submit the round again.",
                status=run.status,
            )
        )
    return NoResult(
        one_issue(
            "RUN_NOT_FINISHED",
            f"Run {run.id} has no result yet: it is {run.status}.",
            hint="Ask for the run until its status is solved.",
            status=run.status,
        )
    )
