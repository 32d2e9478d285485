"""From prices to an answer: HiGHS on gap shells, wider and wider, and what it proves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solver.levels import Level
from solver.relaxation.binding_groups import side_groups
from solver.relaxation.face import FULL, whole_face
from solver.relaxation.network import network_value
from solver.relaxation.wide_prices import WidePrices, reduced_gains
from solver.relaxation.wide_round import WideRound
from solver.rule import IntArray
from solver.scoring.candidates import KnownPairs
from solver.scoring.scoreboard import CandidatePairs, joined
from solver.search.clock import Clock
from solver.search.gap_shell import finish

SHELL_PAIRS_EACH = 1.2
"""The first shell holds about so many losing pairs for each person."""

MOST_SHELL_PAIRS_EACH = 8
"""A shell is no larger, counted like this: beyond it only the pairs that the relaxation held are
taken, which may find an answer and proves nothing."""

KNOWN_SHELL_PAIRS_EACH = 3
"""An answer in hand is good enough to begin the proof with where its shell holds no more pairs,
counted like this."""

WIDER_WHERE_NONE = 1.4
"""That a shell holds no answer is mostly found in a tenth of a second; a wide one takes long."""

WIDER_WHERE_SHORT = 2

SEEKING_GAP = 0.25
"""So large a part of its width may remain open where a shell is only to give an answer; closing
it would take longer than the proof, in the shell that this answer makes just wide enough."""

PROVING_GAP = 0.5
"""Values are whole numbers: nothing is better that is not better by 1."""


@dataclass(frozen=True)
class Closed:
    """An answer that keeps every limit, and whether no better one has its earlier values."""

    pairs: CandidatePairs
    proved: bool


def close_gap(
    wide: WideRound, prices: WidePrices, attained: CandidatePairs | None, clock: Clock
) -> Closed | None:
    """The best answer at the level of these prices, if any is found.

    It has the earlier levels' values, or falls short of them where no answer in hand has
    `attained` them yet. One is sought in a narrow shell; it says how wide the shell has to be
    that holds whatever may be better, and the search begins there with the answer in hand. It
    begins there at once where the answer attained is that good already.
    """
    every = joined(*wide.blocks)
    losses = -reduced_gains(wide, prices, every)
    pinned = whole_face(wide.network, every, 0).state == FULL
    # The bound is rounded down, so what an answer loses is less than one more than it shows.
    # None that has the earlier values loses more than this: the shell holds them all.
    complete = max(1, prices.bound - lowest_value(wide, prices.level) + 1)
    width = min(complete, first_width(wide, losses, prices))
    best: Closed | None = None
    known: CandidatePairs | None = None
    if attained is not None:
        loss = prices.bound - value_of(wide, prices.level, attained)
        few = KNOWN_SHELL_PAIRS_EACH * wide.network.nodes
        if np.count_nonzero(losses <= (loss + 1) * prices.own.scale) <= few:
            best, known, width = Closed(attained, proved=False), attained, loss + 1
    while True:
        inside = (losses <= width * prices.own.scale) | pinned
        is_whole = np.count_nonzero(inside) <= MOST_SHELL_PAIRS_EACH * wide.network.nodes
        is_whole &= wide.left_out_lose is None or width < wide.left_out_lose
        if not is_whole:
            if best:
                return best
            inside &= ~KnownPairs(wide.pairs, wide.network.mentees).lacks(every)
        gap = SEEKING_GAP * width if known is None else PROVING_GAP
        found = finish(wide, prices, every.where(inside), width, clock, gap, known)
        if found is None or not keeps_limits(wide, found.pairs):
            if known is not None:
                return best
            wider = int(WIDER_WHERE_NONE * width) + 1
        elif not has_earlier_values(wide, prices, found.pairs):
            best = best or Closed(found.pairs, proved=False)
            if known is not None or attained is None or not found.optimal:
                return best
            wider = WIDER_WHERE_SHORT * width
        else:
            loss = prices.bound - value_of(wide, prices.level, found.pairs)
            if known is not None and loss > width:
                return best
            proved = known is not None and found.optimal and loss < width
            best = Closed(found.pairs, proved)
            if known is not None or not (found.optimal and is_whole):
                return best
            known, width = found.pairs, loss + 1
            continue
        if width >= complete or clock.has_run_out():
            return best
        width = min(complete, wider)


def first_width(wide: WideRound, losses: IntArray, prices: WidePrices) -> int:
    """A width, in the level's units, that about so many losing pairs for each person lie within."""
    wanted = int(SHELL_PAIRS_EACH * wide.network.nodes)
    if wanted >= len(losses):
        return max(1, int(losses.max(initial=0)) // prices.own.scale + 1)
    return max(1, int(np.partition(losses, wanted)[wanted]) // prices.own.scale)


def keeps_limits(wide: WideRound, pairs: CandidatePairs) -> bool:
    """Whether an answer has every pin, and keeps everybody's places and every further limit.

    Engines compute in floating point; nothing of theirs is believed before this.
    """
    network, segments = wide.network, wide.network.segments
    places = np.bincount(segments.node, weights=segments.capacity, minlength=network.nodes)
    nodes = np.concatenate([pairs.mentees, pairs.mentors + np.int32(network.mentees)])
    if (np.bincount(nodes, minlength=network.nodes) > places).any():
        return False
    pins = np.count_nonzero(whole_face(network, pairs, 0).state == FULL)
    if pins < len(network.pinned_mentors):
        return False
    groups = side_groups(wide.limits, pairs)
    used = np.ones(len(pairs), dtype=np.bool_)
    return not len(groups.broken(np.zeros(len(groups), dtype=np.int8), used))


def has_earlier_values(wide: WideRound, prices: WidePrices, pairs: CandidatePairs) -> bool:
    """Whether an answer has the values to which the levels before the prices' own are held."""
    return all(value_of(wide, level, pairs) >= value for level, value in prices.rows)


def value_of(wide: WideRound, level: Level, pairs: CandidatePairs) -> int:
    """An answer's value at a level."""
    return network_value(wide.problem, wide.network, level, pairs)


def values_of(wide: WideRound, levels: Sequence[Level], pairs: CandidatePairs) -> tuple[int, ...]:
    """An answer's value at each level."""
    return tuple(value_of(wide, level, pairs) for level in levels)


def lowest_value(wide: WideRound, level: Level) -> int:
    """What no answer is worth less than; so a bound below it says that there is none."""
    segments, most = wide.network.segments, wide.network.most_partners
    pairs = min(int(most.mentors.sum()), int(most.mentees.sum()))
    of_places = int(segments.capacity @ np.minimum(segments.gains[level.name], 0))
    return of_places + pairs * level.smallest_pair_gain()
