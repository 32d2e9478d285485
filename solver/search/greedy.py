"""A valid answer at once: the best pair that still fits, again and again."""

from __future__ import annotations

from collections import Counter

import numpy as np

from models.domain.problem import Problem
from solver.rule import IntArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.columns import best_of_each
from solver.scoring.scoreboard import CandidatePairs

LOOKED_AT = 12
"""How many of each mentee's best pairs are tried: the answer is only a beginning."""


def greedy_answer(problem: Problem, rules: Rules, pairs: CandidatePairs) -> CandidatePairs:
    """Pairs that keep every upper limit: the pins, then a mentor for each, then more mentors."""
    limits = [rule.limit(problem) for rule in rules.constraints]
    tried = _in_order(pairs, limits)
    room = _Room(limits, pairs.where(tried))
    has_mentor: set[int] = set()
    taken: list[int] = []
    for first_mentors_only in (True, False):
        for place, mentee in enumerate(pairs.mentees[tried].tolist()):
            if (first_mentors_only and mentee in has_mentor) or not room.take(place):
                continue
            has_mentor.add(mentee)
            taken.append(place)
    return pairs.where(tried[np.array(taken, dtype=np.int64)])


def _in_order(pairs: CandidatePairs, limits: list[KeyedLimit]) -> IntArray:
    """The places of the pairs to try: pins first, then by points."""
    must = np.zeros(len(pairs), dtype=np.bool_)
    for limit in limits:
        if limit.shape == "pair":
            must |= limit.groups(pairs.mentors, pairs.mentees) >= 0
    best = best_of_each(pairs.mentees, pairs.points, LOOKED_AT)
    places = np.union1d(best, np.flatnonzero(must))
    return places[np.lexsort((places, -pairs.points[places], ~must[places]))]


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
