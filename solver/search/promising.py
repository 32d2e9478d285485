"""Which pairs of a large round with further limits its relaxation begins with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.levels import LEVELS
from solver.relaxation.answer import Answer
from solver.rule import IntArray
from solver.scoring.candidates import KnownPairs
from solver.scoring.columns import best_for_both
from solver.scoring.scoreboard import CandidatePairs, joined
from solver.search.as_network import solve_as_network
from solver.search.state import SearchState

BEST_EACH = 4
"""So many of everybody's best pairs by reduced gain are taken, whatever they lose."""

MOST_EACH = 1.5
"""So many more for each person, on the average, are those that lose least of all."""


def promising_pairs(
    state: SearchState, start: Answer, blocks: Sequence[CandidatePairs]
) -> CandidatePairs:
    """The pairs that lose least when the limits beyond the network are left out.

    The prices of the levels before the last count as much as all points: exact weights would
    matter only to a proof, and this is but a beginning.
    """
    nodes: IntArray = np.zeros(state.network.nodes, dtype=np.int64)
    standing = np.zeros(len(state.pairs), dtype=np.bool_)
    names = [stand.name for stand in start.levels if stand.name != "lottery"]
    terms = []
    for name in names:
        relaxed = solve_as_network(state, LEVELS[name], state.along(standing), start, _ignore)
        state.proof.add_level(LEVELS[name], relaxed.own)
        state.settle(LEVELS[name], relaxed)
        standing = relaxed.standing
        weight = 1 if name == names[-1] else 2 * int(state.pairs.points.max(initial=0)) + 1
        nodes = nodes + weight * relaxed.own.nodes
        terms.append((weight, LEVELS[name]))
    every = joined(*blocks)
    reduced = -nodes[every.mentees] - nodes[state.network.mentees :][every.mentors]
    for weight, level in terms:
        reduced += weight * state.gains(level, every)
    chosen = best_for_both(every, reduced, BEST_EACH)
    wanted = len(every) - int(MOST_EACH * state.network.nodes)
    chosen |= reduced >= np.partition(reduced, wanted)[wanted] if wanted > 0 else True
    held = KnownPairs(every.where(chosen), state.network.mentees)
    made = state.pairs.where(state.along(standing))
    return joined(every.where(chosen), made.where(held.lacks(made)))


def _ignore(level: str, answer: Answer) -> None:
    """Answers that keep some of the limits alone are nobody's."""
