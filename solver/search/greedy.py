"""A valid answer at once: the best pair that still fits, again and again."""

from __future__ import annotations

from collections import Counter

import numpy as np

from models.domain.problem import Problem
from solver.rule import BoolArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.columns import best_of_each
from solver.scoring.scoreboard import CandidatePairs

LOOKED_AT = 6
"""How many of each mentee's best pairs are tried: the answer is only a beginning."""


def greedy_answer(problem: Problem, rules: Rules, pairs: CandidatePairs) -> BoolArray:
    """A mask of pairs that keep every upper limit: pins, a mentor for each, then more mentors."""
    limits = [rule.limit(problem) for rule in rules.constraints]
    must = _pinned(pairs, limits)
    best = best_of_each(pairs.mentees, pairs.points, LOOKED_AT)
    places = np.union1d(best, np.flatnonzero(must))
    tried = places[np.lexsort((places, -pairs.points[places]))]
    room = _Room(limits, pairs.where(tried))
    standing = np.zeros(len(pairs), dtype=np.bool_)
    pinned = np.flatnonzero(must[tried]).tolist()
    others = np.flatnonzero(~must[tried]).tolist()
    mentees = pairs.mentees[tried].tolist()
    has_mentor: set[int] = set()
    # Nobody gets a second mentor before everybody has been tried for a first.
    for places_in_turn, first_only in ((pinned, False), (others, True), (others, False)):
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
    """How many pairs each group of each limit can still take."""

    def __init__(self, limits: list[KeyedLimit], pairs: CandidatePairs) -> None:
        self._groups: list[list[int]] = []
        self._most: list[list[int]] = []
        for limit in limits:
            groups = limit.groups(pairs.mentors, pairs.mentees)
            most = np.zeros(len(groups), dtype=np.int64)
            _, most[groups >= 0] = limit.bounds(groups[groups >= 0])
            self._groups.append(groups.tolist())
            self._most.append(most.tolist())
        self._loads: Counter[tuple[int, int]] = Counter()
        self._taken = [False] * len(pairs)

    def take(self, place: int) -> bool:
        """Takes the pair at this place if it is not taken and every group has room."""
        keys = [(k, groups[place]) for k, groups in enumerate(self._groups) if groups[place] >= 0]
        fits = all(self._loads[key] < self._most[key[0]][place] for key in keys)
        if self._taken[place] or not fits:
            return False
        self._taken[place] = True
        self._loads.update(keys)
        return True
