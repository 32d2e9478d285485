"""Who would be just as good a partner: at every level but the tie rule, with the chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from models.domain.explanation import WhyNot
from models.domain.result import Role
from models.domain.why import Tie, Ties
from solver.questions.alternatives import mentees_for, mentors_for
from solver.questions.forcing import Forcing
from solver.questions.options import Option

MOST_SOLVES = 8
"""So many partners are asked about at most where each costs another solve."""

Ask = Callable[[str, str], WhyNot]


def asked_in_order(
    forcing: Forcing | None, ask: Ask, options: Sequence[Option], reference: str, role: Role
) -> Iterator[tuple[dict[str, int], WhyNot | None]]:
    """What each partner who was not chosen would lose at least, then what is known exactly.

    With a residual network those who lose least come first; without one, those with the most
    points, with no least loss. The answer is None where too many solves would be needed.
    """
    solves = 0
    for mentor, mentee, least in _others(forcing, options, reference, role):
        answer = ask(mentor, mentee) if solves < MOST_SOLVES else None
        solves += answer is not None and (answer.verified or answer.verdict == "unknown")
        yield least, answer


def _others(
    forcing: Forcing | None, options: Sequence[Option], reference: str, role: Role
) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Everybody who was not chosen, as a pair, with what it would lose at least."""
    if forcing is None:
        yield from ((other.mentor, other.mentee, {}) for other in options if not other.made)
        return
    partners = mentors_for if role == "mentee" else mentees_for
    for other in partners(forcing, reference):
        if not other.made:
            yield other.mentor, other.mentee, other.losses


def ties_of(
    forcing: Forcing | None,
    ask: Ask,
    options: Sequence[Option],
    reference: str,
    role: Role,
) -> Ties:
    """Everybody with whom somebody would be just as well paired."""
    tied, complete = list[Tie](), True
    for least, answer in asked_in_order(forcing, ask, options, reference, role):
        if any(least.values()):
            break
        if answer is None or answer.verdict == "unknown":
            complete = False
        elif answer.verdict == "tied" and answer.change is not None:
            tied.append(Tie(mentor=answer.mentor, mentee=answer.mentee, change=answer.change))
    return Ties(reference=reference, role=role, tied=tuple(tied), complete=complete)
