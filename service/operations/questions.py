"""Questions about a finished run, each with its refusal where there is no answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.domain.explanation import Alternative, CapacityWorth
from models.domain.leftover import UnmatchedReport
from models.domain.result import FairnessPrice, Role
from models.domain.why import Audience, Counterfactual, Ties, WhyPair
from service.errors import NoResult, NotFound, one_issue
from service.operations.runs import pair_not_made
from solver.judge.price import COMPARED
from solver.questions.asking import Questions
from solver.questions.telling.tell import tell


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


def counterfactual_of(questions: Questions, mentor: str, mentee: str) -> Counterfactual:
    """The smallest change of one weight that would pair two people."""
    return questions.counterfactual(mentor, mentee)


def fairness_price_of(questions: Questions, mode: str | None) -> tuple[FairnessPrice, ...]:
    """What a result comes to beside the best under one mode, or under each that is compared.

    A mode that there was no time for is left out. Raises `NoResult` where there is no answer.
    """
    if not questions.result.levels:
        raise NoResult(
            one_issue(
                "RESULT_WITHOUT_ANSWER",
                "A result without an answer has no price of fairness.",
                hint="The result says why there is none.",
            )
        )
    return questions.fairness_price(COMPARED if mode is None else (mode,))


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
