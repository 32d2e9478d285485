"""What one more mentor of each kind would add: the recruitment list's second half."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from models.domain.explanation import Recruit
from models.domain.participant import MentorSection, Participant
from models.domain.problem import Problem
from solver.questions.forcing import Forcing
from solver.rule import IntArray
from solver.scoring.scoreboard import candidate_blocks, joined

Segment = tuple[str, str, str]
"""Grade, home region and profession; an empty text for what is not on record."""


def recruits(forcing: Forcing) -> list[Recruit]:
    """One more mentor with one place in each segment that has mentors, best first.

    The recruit is like the segment's mentors: they offer what at least half of those offer, and
    have no department, no history and no wishes of their own.
    """
    residual = forcing.residual
    segments = segments_of(residual.problem.mentors)
    people = [
        recruit_like(segment, alike, n) for n, (segment, alike) in enumerate(segments.items())
    ]
    gains = _gains(forcing, people)
    found = [
        Recruit(
            grade=grade,
            region=region or None,
            profession=profession or None,
            offers=person.mentoring.offers,
            mentors=len(alike),
            gains=residual.weighed.by_level(gain),
        )
        for ((grade, region, profession), alike), person, gain in zip(
            segments.items(), people, gains.tolist(), strict=True
        )
    ]
    order = np.argsort(-gains, kind="stable")
    return [found[place] for place in order.tolist()]


def with_recruits(problem: Problem, people: Iterable[Participant]) -> Problem:
    """The same round with more people in it, after all others."""
    return problem.changed(participants=(*problem.participants, *people))


def segments_of(mentors: Sequence[Participant]) -> dict[Segment, list[Participant]]:
    """The mentors of each segment, in the segments' order."""
    found: dict[Segment, list[Participant]] = defaultdict(list)
    for mentor in mentors:
        segment = mentor.grade, mentor.home_region or "", mentor.profession or ""
        found[segment].append(mentor)
    return dict(sorted(found.items()))


def recruit_like(segment: Segment, alike: Sequence[Participant], number: int) -> Participant:
    """One more like these: somebody made up, under a reference that nobody in a round has."""
    grade, region, profession = segment
    half = (len(alike) + 1) // 2
    offered = Counter(word for mentor in alike for word in mentor.mentoring.offers)
    travels = Counter(place for mentor in alike for place in mentor.regions)
    experience = Counter(mentor.mentoring.experience for mentor in alike)
    return Participant(
        reference=f"\x00recruit {number}",
        person=f"\x00recruit {number}",
        grade=grade,
        profession=profession or None,
        home_region=region or None,
        regions=tuple(sorted(place for place, count in travels.items() if count >= half)),
        remote=sum(mentor.remote for mentor in alike) >= half,
        mentor=MentorSection(
            capacity=1,
            offers=tuple(sorted(word for word, count in offered.items() if count >= half)),
            experience=min(experience, key=lambda word: (-experience[word], word)),
        ),
    )


def _gains(forcing: Forcing, people: Sequence[Participant]) -> IntArray:
    """What each of them alone would add to the weighed sum of all levels."""
    residual = forcing.residual
    weighed, rules = residual.weighed, residual.rules
    problem = with_recruits(residual.problem, people)
    is_new = np.arange(len(problem.mentors)) >= len(residual.problem.mentors)
    pairs = joined(*candidate_blocks(problem, rules, mentors=is_new))
    losses = (_another_mentor(forcing) + weighed.nodes[: residual.network.mentees])[pairs.mentees]
    losses -= weighed.pair_gains(problem, pairs)
    least = np.zeros(len(problem.mentors), dtype=np.int64)
    first_place = [weighed.mentor_gain(rules, person, 1) for person in problem.mentors]
    np.minimum.at(least, pairs.mentors, losses - np.array(first_place)[pairs.mentors])
    return -least[is_new]


def _another_mentor(forcing: Forcing) -> IntArray:
    """What it costs to have each mentee take one mentor more.

    A network has no more places for anybody than there are others. Who wants more than that has
    a place for the recruit.
    """
    residual = forcing.residual
    weighed, network = residual.weighed, residual.network
    costs = forcing.paths.from_root.length[: network.mentees].copy()
    for place, mentee in enumerate(residual.problem.mentees):
        most = int(network.most_partners.mentees[place])
        if mentee.learning.wants > most:
            gain = weighed.mentee_gain(mentee, most + 1)
            costs[place] = min(int(costs[place]), -gain - int(weighed.nodes[place]))
    return costs
