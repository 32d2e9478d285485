"""What somebody may be told of their own place in a round: nothing about anybody else.

Only what stands in these lists is ever said. No reference, no fact of another person, no
count below ten, points in four steps; and of the reasons only those that both chose to be
matched by, never a wish, a bar, a characteristic or where somebody lives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.domain.explanation import Verdict, WhyNot
from models.domain.result import Assignment, Role, Unmatched
from models.domain.why import Counterfactual, Ties, WhyPair
from solver.wording import listed

SMALLEST_GROUP = 10

STEPS = ((75, "very strong"), (50, "strong"), (25, "fair"), (0, "possible"))
"""From so many per cent of the most points that a pair can have, what a match is called."""

TOLD: Mapping[str, str] = {
    "expertise_overlap": "the expertise sought and offered",
    "experience_balance": "experience of mentoring",
    "preferred_grade_gap": "the step between the grades",
    "profession_match": "the profession",
}
"""The soft objectives that are named, where they counted."""

VERDICTS: Mapping[Verdict, str] = {
    "already_matched": "These two are paired.",
    "tied": "This pair would have been just as good for the round; a lottery decided.",
    "dominated": "The round as a whole came out better with other pairs.",
}
NOT_POSSIBLE = "This pair was not possible in this round, or was not looked at any further."

LEFT: Mapping[str, str] = {
    "no_eligible_mentor": "Under this round's rules there was no mentor for you.",
    "no_eligible_mentee": "Under this round's rules there was no mentee for you.",
    "contention": "Under this round's rules there were people for you, and too few places.",
    "time_limit": "The search for pairs ended before the best answer was known.",
}
LEFT_OVER: Mapping[Role, str] = {
    "mentor": "You have no mentee in this round.",
    "mentee": "You have no mentor in this round.",
}
FEWER = "You have fewer partners in this round than you asked for."


def for_participants(
    explanation: WhyPair | WhyNot | Ties | Counterfactual | Unmatched, reader: Role
) -> Iterator[str]:
    """What of the explanation is safe; nothing at all of ties and weights."""
    if isinstance(explanation, WhyPair):
        yield from _paired(explanation, reader)
    elif isinstance(explanation, WhyNot):
        yield VERDICTS.get(explanation.verdict, NOT_POSSIBLE)
    elif isinstance(explanation, Unmatched):
        yield FEWER if explanation.got else LEFT_OVER[explanation.role]
        if explanation.reason in LEFT:
            yield LEFT[explanation.reason]


def _paired(why: WhyPair, reader: Role) -> Iterator[str]:
    made = why.assignment
    yield f"Your match counts as {_step(made)}."
    named = [TOLD[part.rule] for part in made.contributions if part.points and part.rule in TOLD]
    if named:
        yield f"What counted for it: {listed(named)}."
    options = why.mentee_options if reader == "mentee" else why.mentor_options
    others = "mentors" if reader == "mentee" else "mentees"
    if options >= SMALLEST_GROUP:
        yield f"Under this round's rules there were {options:,} {others} for you."
    else:
        yield f"Under this round's rules there were fewer than {SMALLEST_GROUP} {others} for you."


def _step(made: Assignment) -> str:
    most = sum(part.max for part in made.contributions)
    percent = 100 * made.points // most if most else 0
    return next(name for least, name in STEPS if percent >= least)
