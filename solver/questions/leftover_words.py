"""Why somebody is left over, and what would help, in a planner's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.domain.leftover import Scarcity, Segment
from models.domain.result import Role
from solver.questions.words import gains_in_words, losses_in_words
from solver.wording import listed, points_in_words

NOT_PROVED = (
    "This result's stored prices do not prove it best: the search was cut short, or a limit beside "
    "places and wishes binds. So it is not said what a change would cost, nor what would help."
)

NAMED = 10
"""Of more people than this a sentence names no more."""

PLURALS = {"place": "places", "wish for a mentor": "wishes for a mentor"}


@dataclass(frozen=True)
class Outcome:
    """What follows for somebody of a role from a remedy, in one of the best answers.

    `has_some` says whether they have a partner already; `partner` is None where the new one has
    no reference.
    """

    who: str
    role: Role
    has_some: bool
    partner: str | None
    gains: Mapping[str, int]
    instead: Sequence[str]


def waiver_in_words(outcome: Outcome, rules: Sequence[str], facts: Sequence[str]) -> str:
    """What follows where some rules are waived for somebody; `facts` are those of the new pair."""
    waived = f"were {rules_in_words(rules)} waived for {outcome.who}"
    compared = f" ({'; '.join(facts)})" if facts else ""
    return f"{waived}, they {_would_have(outcome)}{compared}: {_came_of(outcome)}"


def floor_in_words(outcome: Outcome, floor: int) -> str:
    """What follows where the floor on points is lower for somebody."""
    lowered = f"were the floor {points_in_words(floor)} for {outcome.who}"
    return f"{lowered}, they {_would_have(outcome)}: {_came_of(outcome)}"


def place_in_words(outcome: Outcome, mentor: str) -> str:
    """What follows where a mentor has one more place."""
    given = f"with one more place with {mentor}"
    return f"{given}, {outcome.who} {_would_have(outcome)}: {_came_of(outcome)}"


def recruit_in_words(outcome: Outcome, segment: Segment) -> str:
    """What follows where somebody of a segment joins the round."""
    given = f"with one more {other_role(outcome.role)} like those of {segment_in_words(segment)}"
    return f"{given}, {outcome.who} {_would_have(outcome)}: {_came_of(outcome)}"


def next_best_in_words(mentor: str, taker: str, losses: Mapping[str, int]) -> str:
    """To whom a mentor's next place would go instead."""
    if not any(losses.values()):
        return f"one more place with {mentor} would go to {taker} or to them, by lot"
    ahead = losses_in_words(losses)
    return f"one more place with {mentor} would go to {taker}: with them instead, {ahead}"


def waiver_falls_short_in_words(
    rules: Sequence[str], partner: str, losses: Mapping[str, int]
) -> str:
    """What waiving rules comes to where it does not help for certain."""
    waived = f"were {rules_in_words(rules)} waived, being paired with {partner} would"
    if not any(losses.values()):
        return f"{waived} be just as good as now"
    return f"{waived} still mean {losses_in_words(losses)}"


def forced_in_words(role: Role, losses: Mapping[str, int], has_some: bool) -> str:
    """What giving somebody one partner more costs the round."""
    partner = _one_more(role, has_some)
    if not any(losses.values()):
        return f"with {partner} for them it would be just as good; only the lottery decided"
    return f"{partner} for them would mean {losses_in_words(losses)}"


def scarcity_in_words(row: Scarcity) -> str:
    """How many compete for a segment's partners."""
    who = f"{segment_in_words(row.segment)}: {_counted(row.people, row.role)}"
    place = "place" if row.role == "mentee" else "wish for a mentor"
    if not row.places:
        return f"{who}; no {place} is open to them"
    places = f"{row.places:,} {place if row.places == 1 else PLURALS[place]}"
    competitors = f"{_counted(row.eligible, row.role)} could fill, {row.eligible / row.places:,.1f}"
    return f"{who}; {places} open to them, which {competitors} for each"


def segment_in_words(segment: Segment) -> str:
    """A segment's grade, home region and profession, as far as they are on record."""
    return ", ".join(filter(None, (segment.grade, segment.region, segment.profession)))


def rules_in_words(rules: Sequence[str]) -> str:
    """Rules as planners name them."""
    return listed([rule.replace("_", " ") for rule in rules])


def waivers_in_words(waivers: Sequence[Sequence[str]]) -> str:
    """The smallest sets of rules without which somebody would be left."""
    if not waivers:
        return "whichever two rules were left out, nobody further would be eligible"
    sets = [rules_in_words(rules) for rules in waivers]
    return f"somebody would be eligible without {', or without '.join(sets)}"


def competing_in_words(role: Role, competing: Sequence[str]) -> str:
    """Who holds all the places within reach."""
    if len(competing) == 1:
        return f"every place within reach is held by one other {role}: {competing[0]}"
    named = list(competing[:NAMED])
    if len(competing) > NAMED:
        named.append(f"{len(competing) - NAMED:,} more")
    return f"all places within reach are held by {len(competing):,} other {role}s: {listed(named)}"


def other_role(role: Role) -> Role:
    """The role of somebody's partners."""
    return "mentee" if role == "mentor" else "mentor"


def _counted(number: int, role: Role) -> str:
    return f"{number:,} {role}{'' if number == 1 else 's'}"


def _would_have(outcome: Outcome) -> str:
    such_as = f", such as {outcome.partner}" if outcome.partner else ""
    return f"would have {_one_more(outcome.role, outcome.has_some)}{such_as}"


def _one_more(role: Role, has_some: bool) -> str:
    return f"one more {other_role(role)}" if has_some else f"a {other_role(role)}"


def _came_of(outcome: Outcome) -> str:
    came = gains_in_words(outcome.gains)
    return f"{came}, at the expense of {listed(outcome.instead)}" if outcome.instead else came
