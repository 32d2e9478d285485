"""Which pairs of a large round with further limits its relaxation begins with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.face import whole_face
from solver.relaxation.network import Network
from solver.relaxation.relax import relax_level
from solver.relaxation.wide_round import WideRound
from solver.rule import BoolArray
from solver.scoring.candidates import CandidatePairs, KnownPairs, joined
from solver.scoring.columns import best_for_both, start_columns

BEST_EACH = 4
"""So many of everybody's best pairs by reduced gain are taken, whatever they lose."""

MOST_EACH = 1.5
"""So many more for each person, on the average, are those that lose least of all."""


def hold_promising(wide: WideRound, levels: Sequence[Level]) -> None:
    """Holds them, and the groups that the best answer without further limits would break."""
    pairs, used = promising_pairs(wide.problem, wide.network, levels, joined(*wide.blocks))
    new = KnownPairs(wide.pairs, wide.network.mentees).lacks(pairs)
    wide.hold(pairs.where(new))
    standing = np.zeros(len(wide.pairs), dtype=np.float64)
    standing[~KnownPairs(pairs.where(used), wide.network.mentees).lacks(wide.pairs)] = 1.0
    wide.known += [key for key in wide.broken(standing) if key not in wide.known]


def promising_pairs(
    problem: Problem, network: Network, levels: Sequence[Level], every: CandidatePairs
) -> tuple[CandidatePairs, BoolArray]:
    """The candidate pairs that lose least when the limits beyond the network are left out.

    With them comes which of them the best answer without those limits uses.
    Every level before the last counts for more than any pair's points, in one sum: exact
    weights would matter only to a proof, and this is but a beginning.
    """
    weights = [2 * int(every.points.max(initial=0)) + 1] * (len(levels) - 1) + [1]
    gains = np.zeros(len(every), dtype=np.int64)
    segment_gains = np.zeros(len(network.segments.node), dtype=np.int64)
    for weight, level in zip(weights, levels, strict=True):
        gains += weight * level.pair_gains(problem, every.mentors, every.mentees, every.points)
        segment_gains += weight * network.segments.gains[level.name]
    face = whole_face(network, every, 0)
    free = face.free_places
    held = start_columns(face.free, gains[free])
    priced = relax_level(network, face, gains[free], segment_gains, held)
    used, chosen = np.ones((2, len(every)), dtype=np.bool_)
    used[free] = priced.used
    chosen[free] = best_for_both(face.free, priced.reduced, BEST_EACH) | priced.used
    wanted = len(free) - int(MOST_EACH * network.nodes)
    if wanted > 0:
        chosen[free] |= priced.reduced >= np.partition(priced.reduced, wanted)[wanted]
        return every.where(chosen), used[chosen]
    return every, used
