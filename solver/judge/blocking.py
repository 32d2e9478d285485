"""Pairs that block an answer: two who would both rather have each other than what they have.

An eligible pair that was not made blocks if each of the two has a free place, or would gain
more points than are tolerated over their worst present partner; the points of a pair are the
same for both. Everybody is looked at by the reference that stands in the pair: somebody who
stands in the round as a mentor and as a mentee has places and partners on either side, which
have nothing to do with each other. A pinned partner counts like any other. What else would
forbid the pair, such as a quota, one direction or a pin on either of them, is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from models.domain.result import BlockingPair, BlockingPairs
from solver.rule import BoolArray, IntArray
from solver.scoring.candidates import CandidatePairs
from solver.scoring.threshold import Threshold

SHOWN = 20
"""So many of them are named, the largest gain first; the others are counted."""


class WorstPartners:
    """The points of everybody's worst present partner, by reference; None with a free place."""

    def __init__(self, problem: Problem, pairs: Sequence[Pair], points: Sequence[int]) -> None:
        of_mentors: dict[str, list[int]] = {}
        of_mentees: dict[str, list[int]] = {}
        for pair, worth in zip(pairs, points, strict=True):
            of_mentors.setdefault(pair.mentor, []).append(worth)
            of_mentees.setdefault(pair.mentee, []).append(worth)
        self.mentors = {
            p.reference: _worst(of_mentors.get(p.reference, []), p.mentoring.capacity)
            for p in problem.mentors
        }
        self.mentees = {
            p.reference: _worst(of_mentees.get(p.reference, []), p.learning.wants)
            for p in problem.mentees
        }


class PlainBlocking:
    """Finds blocking pairs, one candidate pair after another."""

    def __init__(self, worst: WorstPartners, pairs: Sequence[Pair], tolerance: int) -> None:
        self._worst = worst
        self._made = {(pair.mentor, pair.mentee) for pair in pairs}
        self._tolerance = tolerance
        self._found: list[BlockingPair] = []

    def add(self, mentor: Participant, mentee: Participant, points: int) -> None:
        """Looks at one candidate pair."""
        sides = self._worst.mentors[mentor.reference], self._worst.mentees[mentee.reference]
        if (mentor.reference, mentee.reference) in self._made:
            return
        if all(worst is None or points - worst > self._tolerance for worst in sides):
            gain = min(points - (worst or 0) for worst in sides)
            self._found.append(
                BlockingPair(
                    mentor=mentor.reference, mentee=mentee.reference, points=points, gain=gain
                )
            )

    @property
    def told(self) -> BlockingPairs:
        """How many there are, and the worst of them."""
        return _told(len(self._found), self._found, self._tolerance)


class ArrayBlocking:
    """Finds blocking pairs in blocks of candidate pairs."""

    def __init__(
        self, problem: Problem, worst: WorstPartners, pairs: Sequence[Pair], tolerance: int
    ) -> None:
        self._people = problem.mentors, problem.mentees
        self._tolerance = tolerance
        self._worst = (
            _along(problem.mentors, worst.mentors),
            _along(problem.mentees, worst.mentees),
        )
        # Whoever has a free place asks for nothing; somebody else for more than the worst.
        self._asked = tuple(np.where(w < 0, 0, w + tolerance + 1) for w in self._worst)
        self._width = max(1, len(problem.mentees))
        self._made = _codes(problem, pairs, self._width)
        self._count = 0
        self._best: list[tuple[int, int, int, int]] = []

    @cached_property
    def _order(self) -> tuple[IntArray, ...]:
        return tuple(_order(people) for people in self._people)

    @property
    def threshold(self) -> Threshold:
        """What pairs of two with free places reach, and no others.

        All other blocking pairs have more points than somebody's worst partner, so that the
        ranks ask for them as well.
        """
        far = np.int64(1)
        mentors, mentees = (np.where(worst < 0, 0, far) for worst in self._worst)
        return Threshold(mentors, mentees, counts_points=False)

    def add(self, block: CandidatePairs) -> None:
        """Looks at a block of candidate pairs."""
        enough = block.points >= self._asked[0][block.mentors]
        enough &= block.points >= self._asked[1][block.mentees]
        block = block.where(np.flatnonzero(enough))
        block = block.where(~self._is_made(block))
        if not len(block):
            return
        self._count += len(block)
        gains = np.minimum(
            block.points - np.maximum(self._worst[0][block.mentors], 0),
            block.points - np.maximum(self._worst[1][block.mentees], 0),
        )
        keys = self._order[1][block.mentees], self._order[0][block.mentors], -gains
        for place in np.lexsort(keys)[:SHOWN].tolist():
            mentor, mentee = int(block.mentors[place]), int(block.mentees[place])
            self._best.append((mentor, mentee, int(block.points[place]), int(gains[place])))

    @property
    def told(self) -> BlockingPairs:
        """How many there are, and the worst of them."""
        mentors, mentees = self._people
        named = [
            BlockingPair(
                mentor=mentors[mentor].reference,
                mentee=mentees[mentee].reference,
                points=points,
                gain=gain,
            )
            for mentor, mentee, points, gain in self._best
        ]
        return _told(self._count, named, self._tolerance)

    def _is_made(self, block: CandidatePairs) -> BoolArray:
        return np.isin(block.mentors.astype(np.int64) * self._width + block.mentees, self._made)


def instabilities(found: BlockingPairs) -> list[str]:
    """A sentence for each blocking pair that is named, where the mode lets none block."""
    return [
        f"{pair.mentor} and {pair.mentee} are not paired, and each of them has a free place "
        f"or would gain more than {found.tolerance} points by it"
        for pair in found.worst
    ]


def _worst(points: Sequence[int], places: int) -> int | None:
    return min(points) if len(points) >= places else None


def _along(people: Sequence[Participant], worst: Mapping[str, int | None]) -> IntArray:
    """The worst partner's points along the people; -1 for a free place."""
    found = (worst[person.reference] for person in people)
    return np.array([-1 if points is None else points for points in found], dtype=np.int64)


def _codes(problem: Problem, pairs: Sequence[Pair], width: int) -> IntArray:
    mentor_at, mentee_at = problem.mentor_at, problem.mentee_at
    codes = [mentor_at[pair.mentor] * width + mentee_at[pair.mentee] for pair in pairs]
    return np.array(codes, dtype=np.int64)


def _order(people: Sequence[Participant]) -> IntArray:
    """Each one's place in the order of references."""
    places = sorted(range(len(people)), key=lambda place: people[place].reference)
    order = np.empty(len(people), dtype=np.int64)
    order[places] = np.arange(len(people))
    return order


def _told(count: int, named: Sequence[BlockingPair], tolerance: int) -> BlockingPairs:
    in_order = sorted(named, key=lambda pair: (-pair.gain, pair.mentor, pair.mentee))
    return BlockingPairs(count=count, tolerance=tolerance, worst=tuple(in_order[:SHOWN]))
