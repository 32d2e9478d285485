"""A round's life: every act is one step of the declared table, by somebody who saw the round."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from models.domain.event import RoundEvent
from models.domain.round import Round, RoundChange
from models.domain.round_life import LIFE, STATES, RoundAct, acts_open_in
from models.domain.run import Run
from service.errors import ChangedMeanwhile, Conflicting, NoResult, not_found, one_issue
from service.operations.audit import record
from service.operations.paging import Page, PageRequest
from service.storage import outbox, round_changes, rounds, runs
from service.storage.database import Store

Seen = frozenset[int]
"""The versions of a round under which an act is meant; one of them must be the round's."""

OF_A_RUN: Final[frozenset[RoundAct]] = frozenset({"finish", "end", "change_by_hand"})
"""What a run that is over brings with it; the run's own event and its own entry tell of that."""


async def do_to_round(store: Store, round_id: UUID, act: RoundAct, seen: Seen) -> Round:
    """Do an act that needs nothing but its round; gives the round as it is from then on.

    Raises `NotFound`, `ChangedMeanwhile` for a round that is none of those seen, and
    `Conflicting` where its state does not permit the act.
    """
    return await complete(store, await begin(store, round_id, act, seen), act)


async def publish_round(
    store: Store, round_id: UUID, seen: Seen, run_id: UUID | None = None
) -> Round:
    """Publish a result of the round's present document: this run's, or the latest.

    Raises `NoResult` where there is no such result.
    """
    before = await begin(store, round_id, "publish", seen)
    run = await runs.newest_answer(store, round_id, before.revision, run_id)
    if run is None:
        raise NoResult(
            one_issue(
                "RUN_NOT_CURRENT",
                "This run has no pairs for the round as it is now.",
                hint="Publish the round's latest result, or solve the round again.",
                value=str(run_id),
            )
        )
    return await complete(store, before, "publish", run=run.id)


async def run_over(store: Store, run: Run) -> None:
    """What the end of a run means for its round; in the transaction that ends the run."""
    before = await begin(store, run.round_id, "finish")
    answered = await runs.newest_answer(store, run.round_id, before.revision)
    await complete(store, before, "finish" if answered else "end", run=run.id)


async def list_changes(store: Store, round_id: UUID, page: PageRequest) -> Page[RoundChange]:
    """What has become of a round and by whom, from its beginning."""
    if await rounds.find(store, round_id) is None:
        raise not_found("round", round_id)
    # One more than asked for tells whether anything follows.
    found = await round_changes.some(store, round_id, page.after + 1, page.limit + 1)
    shown = found[: page.limit]
    return Page.of(shown, shown[-1].version - 1 if len(found) > len(shown) else None)


async def begin(store: Store, round_id: UUID, act: RoundAct, seen: Seen | None = None) -> Round:
    """The round, which nobody else changes from here on, if the act may be done to it now."""
    before = await rounds.lock(store, round_id)
    if before is None:
        raise not_found("round", round_id)
    await require_seen(store, before, seen)
    require_open(before, act)
    return before


async def complete(
    store: Store,
    before: Round,
    act: RoundAct,
    *,
    run: UUID | None = None,
    after: Round | None = None,
) -> Round:
    """Take the step, and write it down; `after` is the round with what else has changed of it."""
    status = LIFE[act].leads_to or before.status
    step = {"status": status, "version": before.version + 1}
    changed = (after or before).model_copy(update=step)
    if not await rounds.change(store, before, changed):
        raise await _changed(store, before, frozenset({before.version}))
    await write_down(store, changed, act, run)
    published = changed.published_run if act not in ("publish", "withdraw") else run
    latest = run if act == "solve" else changed.latest_run
    return changed.model_copy(update={"published_run": published, "latest_run": latest})


async def write_down(store: Store, changed: Round, act: RoundAct, run: UUID | None = None) -> None:
    """Put an act into the changes of the round that it led to, the audit log and the outbox."""
    now = datetime.now(UTC)
    change = RoundChange(
        version=changed.version,
        act=act,
        status=changed.status,
        revision=changed.revision,
        run=run,
        actor=store.actor,
        at=now,
    )
    await round_changes.add(store, changed.id, change)
    if act not in OF_A_RUN:
        facts = {"version": str(changed.version), "digest": changed.digest}
        about = {"run": str(run)} if run else {}
        # The log before the outbox, as everywhere: two that wait for each other would be stuck.
        await record(store, f"round {LIFE[act].done}", f"round:{changed.id}", **facts, **about)
        event = RoundEvent.of(changed.id, changed.version, changed.status, now)
        await outbox.add(store, event)


async def require_seen(store: Store, now: Round, seen: Seen | None) -> None:
    """Raises `ChangedMeanwhile` for a round that is none of those seen."""
    if seen is not None and now.version not in seen:
        raise await _changed(store, now, seen)


def require_open(now: Round, act: RoundAct) -> None:
    """Raises `Conflicting` for an act that the round's state does not permit."""
    if now.status in LIFE[act].starts:
        return
    possible = ", ".join(LIFE[other].done for other in acts_open_in(now.status))
    raise Conflicting(
        one_issue(
            "ROUND_STATE",
            f"The round is {STATES[now.status]}; it cannot be {LIFE[act].done} now.",
            hint=(
                f"Now it can be: {possible}."
                if possible
                else "Wait for its run, or cancel the run."
                if now.status == "running"
                else "Submit a new round."
            ),
            status=now.status,
            act=act,
        )
    )


async def _changed(store: Store, now: Round, seen: Seen) -> ChangedMeanwhile:
    since = await round_changes.some(store, now.id, max(seen, default=now.version))
    shown = ("version", "act", "status", "revision", "actor", "at")
    return ChangedMeanwhile(
        one_issue(
            "ROUND_CHANGED",
            f"The round has changed since you read it: it is at version {now.version}.",
            hint="Read the round again, and send its ETag as `If-Match`.",
            changes=[change.model_dump(mode="json", include=set(shown)) for change in since],
        ),
        now.version,
    )
