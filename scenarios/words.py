"""What a scenario changes, in a planner's words: the same on the terminal, in a page and a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from models.domain.comparison import (
    Attribution,
    ChangeEffect,
    Comparison,
    Outcome,
    PersonDifference,
)
from solver.levels import TIE_RULE
from solver.questions.words import gains_in_words
from solver.wording import counted, listed, points_in_words

_OUTCOMES: Mapping[Outcome, str] = {
    "matched": "with somebody who had nobody",
    "unmatched": "with nobody who had somebody",
    "changed": "with somebody else",
    "gained": "with the same for more points",
    "lost": "with the same for fewer points",
}
NOTHING = "nothing more and nothing fewer"


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """The difference as a whole: at each level, then how many people it touches."""
    gains = {
        level.name: level.difference
        for level in comparison.levels
        if level.difference is not None and level.name != TIE_RULE
    }
    yield f"In all: {gains_in_words(gains, NOTHING)}."
    if not all(level.proved for level in comparison.levels if level.name != TIE_RULE):
        yield "Not every level is proved, so this is as far as was found in time."
    apart = [level.name for level in comparison.levels if level.difference is None]
    if apart:
        yield f"Not in both results, so not compared: {listed([_plain(name) for name in apart])}."
    mentees = Counter(one.outcome for one in comparison.people if one.role == "mentee")
    told = [
        f"{counted(mentees[outcome], 'mentee')} {words}"
        for outcome, words in _OUTCOMES.items()
        if mentees[outcome]
    ]
    yield f"{listed(told) or 'No mentee has anybody else'}."


def person_line(person: PersonDifference) -> str:
    """What is different for one person, with whom they had and whom they have."""
    came = {"joined": " joined and", "left": " left and"}.get(person.presence, "")
    had, has = listed(person.before), listed(person.after)
    if person.outcome == "same":
        return f"{person.reference}{came} has nobody" + ("" if not came else ", as before")
    if person.outcome in ("gained", "lost"):
        more = person.points_after - person.points_before
        direction = "more" if more > 0 else "fewer"
        return f"{person.reference} keeps {has}, {points_in_words(abs(more))} {direction}"
    return f"{person.reference}{came} has {has or 'nobody'} (before: {had or 'nobody'})"


def effect_lines(attribution: Attribution) -> Iterator[str]:
    """What each change causes: alone, at the end, and its share where that is worked out."""
    for effect in attribution.effects:
        yield f"{effect.told}: {'; '.join(_effects(effect, attribution.parts))}"
    for some in attribution.open:
        names = listed([attribution.effects[place].told for place in some])
        yield f"No proved answer with only this: {names or 'the round as it is'}."


def _effects(effect: ChangeEffect, parts: int) -> Iterator[str]:
    if effect.alone:
        yield f"alone {_without_lottery(effect.alone)}"
    if effect.last:
        yield f"after the others {_without_lottery(effect.last)}"
    if effect.shares:
        shares = [
            f"{_share(Fraction(share, parts), name)} of {_plain(name)}"
            for name, share in effect.shares.items()
            if share
        ]
        yield f"its share: {listed(shares) or 'nothing'}"


def _share(share: Fraction, level: str) -> str:
    size = share / 1000 if level == "points" else share
    return f"{float(size):+,.2f}".rstrip("0").rstrip(".")


def _without_lottery(gains: Mapping[str, int]) -> str:
    return gains_in_words({n: gain for n, gain in gains.items() if n != TIE_RULE}, NOTHING)


def _plain(name: str) -> str:
    return name.replace("_", " ")
