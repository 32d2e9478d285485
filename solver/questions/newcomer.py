"""Somebody made up: one more mentor or mentee, like those of a segment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from models.domain.participant import MenteeSection, MentorSection, Participant
from models.domain.problem import Problem

Value = TypeVar("Value", bound=str | int)

Segment = tuple[str, str, str]
"""Grade, home region and profession; an empty text for what is not on record."""


def segments_of(people: Iterable[Participant]) -> dict[Segment, list[Participant]]:
    """The people of each segment, in the segments' order."""
    found: dict[Segment, list[Participant]] = defaultdict(list)
    for person in people:
        found[person.grade, person.home_region or "", person.profession or ""].append(person)
    return dict(sorted(found.items()))


def with_newcomers(problem: Problem, people: Iterable[Participant]) -> Problem:
    """The same round with more people in it, after all others."""
    return problem.changed(participants=(*problem.participants, *people))


def mentor_like(segment: Segment, alike: Sequence[Participant], number: int) -> Participant:
    """One more mentor like these, with one place; they offer what at least half of these offer."""
    offered = Counter(word for mentor in alike for word in mentor.mentoring.offers)
    section = MentorSection(
        capacity=1,
        offers=tuple(sorted(word for word, count in offered.items() if count >= _half(alike))),
        experience=_usual([mentor.mentoring.experience for mentor in alike]),
    )
    return _like(segment, alike, number, mentor=section)


def mentee_like(segment: Segment, alike: Sequence[Participant], number: int) -> Participant:
    """One more mentee like these, who wants one mentor.

    They seek what at least half of these seek, first what stands first on average.
    """
    ranks: dict[str, list[int]] = defaultdict(list)
    for mentee in alike:
        for rank, word in enumerate(mentee.learning.seeks):
            ranks[word].append(rank)
    sought = [word for word, places in ranks.items() if len(places) >= _half(alike)]
    section = MenteeSection(
        wants=1,
        seeks=tuple(sorted(sought, key=lambda word: (sum(ranks[word]) / len(ranks[word]), word))),
        experience=_usual([mentee.learning.experience for mentee in alike]),
        tier=_usual([mentee.learning.tier for mentee in alike]),
    )
    return _like(segment, alike, number, mentee=section)


def _like(
    segment: Segment,
    alike: Sequence[Participant],
    number: int,
    mentor: MentorSection | None = None,
    mentee: MenteeSection | None = None,
) -> Participant:
    """Somebody in one role, under a reference that nobody in a round has.

    They have no department, no history and no wishes of their own.
    """
    grade, region, profession = segment
    travels = Counter(place for person in alike for place in person.regions)
    return Participant(
        reference=f"\x00recruit {number}",
        person=f"\x00recruit {number}",
        grade=grade,
        profession=profession or None,
        home_region=region or None,
        regions=tuple(sorted(place for place, count in travels.items() if count >= _half(alike))),
        remote=sum(person.remote for person in alike) >= _half(alike),
        mentor=mentor,
        mentee=mentee,
    )


def _half(alike: Sequence[Participant]) -> int:
    return (len(alike) + 1) // 2


def _usual(values: Sequence[Value]) -> Value:
    """What most of them have; of several the smallest."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
