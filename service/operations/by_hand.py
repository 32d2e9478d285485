"""Pairs that planners make by hand: each gives a run of its own, and its origin stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

from pydantic import Field, StringConstraints

from models.domain.base import Frozen
from models.domain.change_by_hand import ChangeByHand
from models.domain.event import RunEvent
from models.domain.explanation import Verdict
from models.domain.result import MatchResult
from models.domain.run import Run
from service.errors import Conflicting, one_issue
from service.operations.audit import record
from service.operations.desk import AboutRun
from service.operations.round_life import begin, complete, require_open
from service.operations.rounds import read_round_summary
from service.operations.runs import read_run
from service.storage import changes_by_hand, outbox, results, runs
from service.storage.database import Store
from solver.questions.asking import Questions
from solver.questions.by_hand import CannotBeChosenError
from solver.questions.telling.tell import tell

LONGEST_REASON = 500

Kind = Literal["tie_choice", "override"]
Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=LONGEST_REASON, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
"""One line of text, which any database can hold."""

ACTS: dict[Kind, str] = {"tie_choice": "tie chosen", "override": "pair overridden"}

HINTS: dict[Verdict, str] = {
    "not_in_round": "Give references of the round's mentors and mentees.",
    "already_matched": "There is nothing to change.",
    "dominated": "It has a cost, so it is no choice among equals; an override makes it.",
    "unknown": "Ask again when the service is idle, or raise PAIRWELL_QUESTION_TIME_LIMIT.",
}
OTHERWISE = "The rules and pins of the round forbid it; change the round and solve it again."


class TieChoice(Frozen):
    """A pair that would be just as good, wanted in place of the lottery's choice."""

    mentor: str
    mentee: str
    reason: Line = ""


class OverrideRequest(Frozen):
    """A pair that is wanted whatever it costs the round, and why."""

    mentor: str
    mentee: str
    reason: Annotated[Line, Field(min_length=1)]


async def require_changeable(store: Store, run_id: UUID) -> None:
    """Raises `Conflicting` for a run whose round permits no change by hand.

    To be asked before anything is solved for it.
    """
    run = await read_run(store, run_id)
    require_open(await read_round_summary(store, run.round_id), "change_by_hand")


async def choose_tie(about: AboutRun, wanted: TieChoice) -> MatchResult:
    """The result with a tied pair made. Raises `Conflicting` for a pair that is not tied."""

    def choose(questions: Questions) -> MatchResult:
        return questions.tie_choice(wanted.mentor, wanted.mentee)

    return await about.ask_at_length(_or_refused(choose))


async def override_pair(about: AboutRun, wanted: OverrideRequest) -> MatchResult:
    """The best result with a pair. Raises `Conflicting` for a pair that cannot be forced.

    So is one whose best result was not proved in the time that the service gives a question.
    """

    def override(questions: Questions) -> MatchResult:
        return questions.override(wanted.mentor, wanted.mentee).result

    return await about.ask_at_length(_or_refused(override))


async def store_change(
    store: Store, origin_id: UUID, result: MatchResult, reason: str
) -> ChangeByHand:
    """Store what came of a change by hand as a finished run of the same round.

    How it came about, the act in the audit log and the event go into the same transaction.
    Raises `Conflicting` for a round that is in review, withdrawn or closed.
    """
    origin, now = await read_run(store, origin_id), datetime.now(UTC)
    run = Run(
        id=uuid4(),
        round_id=origin.round_id,
        revision=origin.revision,
        status=result.run.status,
        solve_status=result.run.solve_status,
        attempt=0,
        queued_at=now,
        started_at=now,
        finished_at=now,
    )
    change = ChangeByHand(
        run_id=run.id,
        origin_id=origin_id,
        pair=result.run.by_hand[-1],
        reason=reason,
        actor=store.actor,
        made_at=now,
    )
    before = await begin(store, run.round_id, "change_by_hand")
    await runs.add(store, run)
    await complete(store, before, "change_by_hand", run=run.id)
    await results.add(store, run.id, result)
    await changes_by_hand.add(store, change)
    facts = {"origin": f"run:{origin_id}", "digest": result.certificate.digest}
    await record(store, ACTS[change.pair.kind], f"run:{run.id}", **facts)
    await outbox.add(store, RunEvent.of(run.round_id, run.id, run.status, now))
    return change


async def list_changes_by_hand(store: Store, run_id: UUID) -> tuple[ChangeByHand, ...]:
    """Every change by hand between the solve and a run, the first one first."""
    await read_run(store, run_id)
    found: list[ChangeByHand] = []
    change = await changes_by_hand.find(store, run_id)
    while change is not None:
        found.append(change)
        change = await changes_by_hand.find(store, change.origin_id)
    return tuple(reversed(found))


def _or_refused(
    choose: Callable[[Questions], MatchResult],
) -> Callable[[Questions], MatchResult]:
    def chosen(questions: Questions) -> MatchResult:
        try:
            return choose(questions)
        except CannotBeChosenError as error:
            answer = error.answer
            raise Conflicting(
                one_issue(
                    "PAIR_CANNOT_BE_MADE",
                    " ".join(tell(answer, "planner")),
                    hint=HINTS.get(answer.verdict, OTHERWISE),
                    mentor=answer.mentor,
                    mentee=answer.mentee,
                    verdict=answer.verdict,
                )
            ) from None

    return chosen
