"""Questions about a finished run: what they need is made ready once and kept for the next ones."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar
from uuid import UUID

from models.domain.explanation import Alternative, CapacityWorth
from models.domain.leftover import UnmatchedReport
from models.domain.result import Role
from models.domain.why import Audience, Ties, WhyPair
from service.errors import NoResult, NotFound, one_issue
from service.operations.runs import pair_not_made, read_result, read_run
from service.storage import rounds
from service.storage.database import Database
from solver.questions.asking import Questions
from solver.questions.telling.tell import tell

Answer = TypeVar("Answer")

MOST_KEPT = 2
"""So many results stay ready; at 7,000 people each takes some hundreds of megabytes."""


@dataclass(frozen=True)
class _Ready:
    """A result that can be asked about, one question at a time."""

    questions: Questions
    lock: Lock = field(default_factory=Lock)

    def ask(self, question: Callable[[Questions], Answer]) -> Answer:
        with self.lock:
            return question(self.questions)


class QuestionDesk:
    """Answers questions about results in threads of its own; other requests go on meanwhile.

    `seconds` is the longest that a round is solved again for one answer.
    """

    def __init__(self, database: Database, seconds: float) -> None:
        self._database, self._seconds = database, seconds
        self._kept = OrderedDict[UUID, _Ready]()

    async def ask(
        self, programme: str, run_id: UUID, question: Callable[[Questions], Answer]
    ) -> Answer:
        """The answer about a run of a programme. Raises `NoResult` where the run has none."""
        ready = await self._ready(programme, run_id)
        return await asyncio.to_thread(ready.ask, question)

    async def _ready(self, programme: str, run_id: UUID) -> _Ready:
        async with self._database.reading(programme) as store:
            # Read every time: what is kept may be another programme's.
            run = await read_run(store, run_id)
            ready = self._kept.get(run_id)
            if ready is None:
                result = await read_result(store, run_id)
                problem, _ = await rounds.problem_of(store, run.round_id, run.revision)
                ready = _Ready(Questions(problem, result, self._seconds))
        # Somebody else may have read it meanwhile; one of the two is kept.
        ready = self._kept.setdefault(run_id, ready)
        self._kept.move_to_end(run_id)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return ready


def alternatives_of(questions: Questions, role: Role, reference: str) -> tuple[Alternative, ...]:
    """Every eligible partner of one person, those that cost least first."""
    with _known(role, reference):
        found = (
            questions.mentees_for(reference)
            if role == "mentor"
            else questions.mentors_for(reference)
        )
    if found is None:
        raise _not_priced()
    return tuple(found)


def ties_of(questions: Questions, role: Role, reference: str) -> Ties:
    """Everybody with whom one person would be just as well paired."""
    with _known(role, reference):
        return questions.ties(reference, role)


def why_of(questions: Questions, mentor: str, mentee: str) -> WhyPair:
    """Why two were paired. Raises `NotFound` where they are not."""
    found = questions.why(mentor, mentee)
    if found is None:
        raise pair_not_made(mentor, mentee)
    return found


def told_of(
    questions: Questions, mentor: str, mentee: str, audience: Audience, reader: Role
) -> tuple[str, ...]:
    """Why two were paired or why not, in sentences for an audience."""
    found = questions.why(mentor, mentee) or questions.why_not(mentor, mentee)
    return tell(found, audience, questions.result.certificate.digest, reader)


def unmatched_report_of(questions: Questions, reference: str | None) -> UnmatchedReport:
    """Why people are left over; of one person alone where a reference is given."""
    report = questions.unmatched(reference)
    if reference is not None and not (report.unmatched or report.short):
        raise NotFound(
            one_issue(
                "PERSON_UNKNOWN",
                f"{reference} is not left over in this round.",
                hint="The run's unmatched list everybody who is.",
                value=reference,
            )
        )
    return report


@contextmanager
def _known(role: Role, reference: str) -> Iterator[None]:
    try:
        yield
    except KeyError:
        raise NotFound(
            one_issue(
                "PERSON_UNKNOWN",
                f"{reference} is no {role} in this round.",
                hint=f"The round's {role}s are those with a place to give or to fill.",
                value=reference,
            )
        ) from None


def capacity_worth_of(questions: Questions) -> CapacityWorth:
    """The recruitment list. Raises `NoResult` where the prices do not prove the result best."""
    worth = questions.capacity_worth()
    if worth is None:
        raise _not_priced()
    return worth


def _not_priced() -> NoResult:
    return NoResult(
        one_issue(
            "RESULT_NOT_PRICED",
            "This result's prices alone do not prove it best, so no change of it can be priced.",
            hint="It was cut short, or a limit of the round binds; ask why not, pair by pair.",
        )
    )
