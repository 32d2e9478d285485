"""A valid answer at once: the best pair that still fits, again and again."""

from __future__ import annotations

import numpy as np

from models.domain.problem import Problem
from solver.encoding import wished_pairs
from solver.rule import BoolArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.columns import best_of_each
from solver.scoring.scoreboard import CandidatePairs

LOOKED_AT = 6
"""How many of each mentee's best pairs are tried: the answer is only a beginning."""


def greedy_answer(
    problem: Problem, rules: Rules, pairs: CandidatePairs, looked_at: int | None = None
) -> BoolArray:
    """A mask of pairs that keep every upper limit: pins, a mentor for each, then more mentors.

    Of each mentee's pairs the best `looked_at` are tried.
    Pairs that are wished for come after the pins, as far as there is room for them.

    A limit by which a mentor takes none or several is kept by taking none.
    """
    limits = [rule.limit(problem) for rule in rules.constraints]
    must = _pinned(pairs, limits)
    best = best_of_each(pairs.mentees, pairs.points, looked_at or LOOKED_AT)
    wished = wished_pairs(problem)(pairs.mentors, pairs.mentees) > 0
    places = np.union1d(best, np.flatnonzero(must | wished))
    tried = places[np.lexsort((places, -pairs.points[places]))]
    room = _Room(limits, pairs.where(tried))
    standing = np.zeros(len(pairs), dtype=np.bool_)
    pinned = np.flatnonzero(must[tried]).tolist()
    liked = np.flatnonzero(wished[tried]).tolist()
    others = np.flatnonzero(~must[tried]).tolist()
    mentees = pairs.mentees[tried].tolist()
    wants_more = [mentee.learning.wants > 1 for mentee in problem.mentees]
    again = [place for place in others if wants_more[mentees[place]]]
    has_mentor: set[int] = set()
    # Nobody gets a second mentor before everybody has been tried for a first.
    for places_in_turn, first_only in (
        (pinned, False),
        (liked, False),
        (others, True),
        (again, False),
    ):
        for place in places_in_turn:
            if (first_only and mentees[place] in has_mentor) or not room.take(place):
                continue
            has_mentor.add(mentees[place])
            standing[tried[place]] = True
    return standing


def _pinned(pairs: CandidatePairs, limits: list[KeyedLimit]) -> BoolArray:
    """The pairs that have to stand."""
    must = np.zeros(len(pairs), dtype=np.bool_)
    for limit in limits:
        if limit.shape == "pair":
            must |= limit.groups(pairs.mentors, pairs.mentees) >= 0
    return must


class _Room:
    """What each group of each limit can still take."""

    def __init__(self, limits: list[KeyedLimit], pairs: CandidatePairs) -> None:
        self._left: list[int] = []
        self._taken = [False] * len(pairs)
        self._shares = [column for limit in limits for column in self._columns(limit, pairs)]

    def _columns(
        self, limit: KeyedLimit, pairs: CandidatePairs
    ) -> list[tuple[list[int], list[int]]]:
        """For each membership every pair's group, as a place in `_left`, and its size."""
        codes = [member.groups(pairs.mentors, pairs.mentees) for member in limit.members]
        if not codes:
            return []
        every, place = np.unique(np.concatenate(codes), return_inverse=True)
        most = np.zeros(len(every), dtype=np.int64)
        _, most[every >= 0] = limit.bounds(every[every >= 0])
        first = len(self._left)
        self._left += most.tolist()
        columns = []
        for member, groups, at in zip(
            limit.members, codes, np.split(place, len(codes)), strict=True
        ):
            sizes = np.ones(len(pairs), dtype=np.int64)
            if member.sizes is not None:
                sizes = member.sizes(pairs.mentors, pairs.mentees).astype(np.int64)
            sizes[groups < 0] = 0
            columns.append(((at + first).tolist(), sizes.tolist()))
        return columns

    def take(self, place: int) -> bool:
        """Takes the pair at this place if it is not taken and every group has room."""
        if self._taken[place]:
            return False
        left = self._left
        shares = [(groups[place], sizes[place]) for groups, sizes in self._shares if sizes[place]]
        for group, size in shares:
            if left[group] < size:
                return False
        self._taken[place] = True
        for group, size in shares:
            left[group] -= size
        return True
