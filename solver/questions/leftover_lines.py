"""Why somebody is left over, line by line: the reason, what it would take, what would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from models.domain.leftover import (
    WITHOUT_OPTIONS,
    Contention,
    UnmatchedReport,
    WhyUnmatched,
)
from models.domain.result import Role
from solver.questions.leftover_words import (
    competing_in_words,
    forced_in_words,
    scarcity_in_words,
    waivers_in_words,
)
from solver.questions.words import change_in_words

REASONS = {
    "no_eligible_mentor": "no mentor is eligible",
    "no_eligible_mentee": "no mentee is eligible",
    "eligible_but_pinned": "everybody eligible is pinned elsewhere",
    "quota": "a limit leaves no room",
    "below_quality_floor": "nobody reaches the floor on points",
    "contention": "others hold the places",
    "time_limit": "the search was cut short",
}


def summary_lines(report: UnmatchedReport) -> Iterator[str]:
    """How many are left over, by role and reason."""
    yield from _counted("without a mentor", "mentee", report.unmatched)
    yield from _counted("with fewer mentors than they want", "mentee", report.short)
    yield from _counted("without a mentee", "mentor", report.unmatched)
    if report.note:
        yield report.note


def person_lines(one: WhyUnmatched) -> Iterator[str]:
    """The person and the reason first, then everything else that is known."""
    got = f", {one.got} of {one.wanted}" if one.got else ""
    reason = f"{_reason(one.reason)}: " if one.funnel else ""
    yield f"{one.reference} ({one.role}{got}): {reason}{one.because}"
    if one.reason in WITHOUT_OPTIONS:
        yield waivers_in_words(one.waivers)
    if one.contention:
        yield from _contention_lines(one, one.contention)
    if one.remedies:
        yield "what would help:"
        yield from (f"  {remedy.because}" for remedy in one.remedies)
    elif one.nearest:
        yield f"no single change is certain to help; what comes nearest: {one.nearest}"


def scarcity_lines(report: UnmatchedReport, role: Role, most: int) -> Iterator[str]:
    """The segments of a role whose partners are scarcest."""
    rows = [row for row in report.scarcity if row.role == role]
    yield from (scarcity_in_words(row) for row in rows[:most])


def _counted(what: str, role: Role, people: Iterable[WhyUnmatched]) -> Iterator[str]:
    reasons = Counter(one.reason for one in people if one.role == role)
    if reasons:
        told = "; ".join(f"{number:,} where {_reason(r)}" for r, number in reasons.most_common())
        yield f"{reasons.total():,} {role}{'s' if reasons.total() > 1 else ''} {what}: {told}"


def _contention_lines(one: WhyUnmatched, contention: Contention) -> Iterator[str]:
    if contention.losses is not None and contention.change is not None:
        forced = forced_in_words(one.role, contention.losses, one.got > 0)
        yield f"{forced}: {change_in_words(contention.change)}"
    if contention.competing:
        yield competing_in_words(one.role, contention.competing)
    elif contention.scarcity:
        yield f"people like them: {scarcity_in_words(contention.scarcity)}"


def _reason(reason: str) -> str:
    return REASONS.get(reason, reason.replace("_", " "))
