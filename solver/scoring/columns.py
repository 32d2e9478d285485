"""Which pairs the relaxation begins with, and which ones pricing adds."""

from __future__ import annotations

import numpy as np

from solver.rule import BoolArray, IntArray
from solver.scoring.scoreboard import CandidatePairs

START_COLUMNS = 8
"""The best pairs of each person to begin with; pricing finds the rest."""

ADDED_COLUMNS = 6
"""The most violated pairs of each person that one pricing adds."""


def start_columns(pairs: CandidatePairs, gains: IntArray) -> BoolArray:
    """A mask of the pairs of largest gain of each mentor and of each mentee."""
    return best_for_both(pairs, gains, START_COLUMNS)


def violated_columns(pairs: CandidatePairs, reduced: IntArray, held: BoolArray) -> BoolArray:
    """A mask of the pairs not held whose reduced gain is above 0: the largest of each person."""
    violated = np.flatnonzero((reduced > 0) & ~held)
    chosen = np.zeros(len(pairs), dtype=np.bool_)
    some = pairs.where(violated)
    ranking = with_points(reduced[violated], some)
    chosen[violated[best_for_both(some, ranking, ADDED_COLUMNS)]] = True
    return chosen


def best_for_both(pairs: CandidatePairs, ranking: IntArray, most: int) -> BoolArray:
    """A mask of the `most` pairs of each mentor and of each mentee that rank highest."""
    chosen = np.zeros(len(pairs), dtype=np.bool_)
    for people in (pairs.mentors, pairs.mentees):
        chosen[best_of_each(people, ranking, most)] = True
    return chosen


def with_points(gains: IntArray, pairs: CandidatePairs) -> IntArray:
    """Gains with points to tell equals apart.

    Otherwise a level that only counts people would name the same few mentors to everybody.
    """
    ranking: IntArray = gains * (np.int64(pairs.points.max(initial=0)) + 1) + pairs.points
    return ranking


def best_of_each(people: IntArray, gains: IntArray, most: int) -> IntArray:
    """The places of the `most` largest gains of each person; equals by place."""
    if not len(people):
        return np.zeros(0, dtype=np.int64)
    order = _sorted_by_person_and_gain(people, gains)
    sorted_people = people[order]
    starts = np.flatnonzero(np.append(True, sorted_people[1:] != sorted_people[:-1]))
    lengths = np.diff(np.append(starts, len(order)))
    rank = np.arange(len(order)) - np.repeat(starts, lengths)
    best: IntArray = order[rank < most]
    return best


def _sorted_by_person_and_gain(people: IntArray, gains: IntArray) -> IntArray:
    """By person, then the largest gain first, then by place: the same on every processor.

    Where person, gain and place fit into 63 bits the sort is of plain numbers, which is
    several times faster than a stable sort of an index.
    """
    shortfall = gains.max() - gains.astype(np.int64)
    place_bits = len(gains).bit_length()
    gain_bits = int(shortfall.max()).bit_length()
    if int(people.max()).bit_length() + gain_bits + place_bits > 62:
        return np.lexsort((shortfall, people))
    packed = (people.astype(np.int64) << gain_bits | shortfall) << place_bits
    packed |= np.arange(len(gains))
    packed.sort()
    places: IntArray = packed & ((1 << place_bits) - 1)
    return places
