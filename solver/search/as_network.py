"""One level as a network: every limit that is no part of it is left out."""

from __future__ import annotations

import numpy as np

from solver.levels import Level
from solver.relaxation.answer import Answer
from solver.relaxation.proof import OwnPrices
from solver.relaxation.relax import relax_level
from solver.rule import BoolArray
from solver.search.draft import Reduced
from solver.search.state import OnAnswer, SearchState, Solved


def solve_as_network(
    state: SearchState, level: Level, standing: BoolArray, so_far: Answer, on_answer: OnAnswer
) -> Solved:
    """The level's optimum on the face, over every candidate pair, held or not.

    `standing` is an answer on the face. `on_answer` is told of each answer on the way that
    keeps the limits left out.
    """
    state.held |= standing
    if level.most_pair_gain is not None:
        # Its gains are too dear to price block by block.
        state.hold(state.outside.face(state.proof.so_far, state.pairs, most=None))
    while True:
        relaxed = _over_held_pairs(state, level, so_far, on_answer)
        if state.outside.complete:
            return relaxed
        combined = state.proof.combined(level, relaxed.own)
        more = state.outside.violated(combined, state.pairs)
        if not len(more):
            return relaxed
        state.hold(more)


def _over_held_pairs(
    state: SearchState, level: Level, so_far: Answer, on_answer: OnAnswer
) -> Solved:
    face, network, pairs = state.face, state.network, state.pairs

    def on_round(used: BoolArray) -> None:
        found = face.standing(used)
        if state.is_feasible(found):
            on_answer(level.name, Answer(pairs.where(found), so_far.levels))

    gains, segment_gains = state.gains(level, face.free), state.segment_gains(level)
    held = state.held[face.free_places]
    priced = relax_level(network, face, gains, segment_gains, held, on_round)
    state.held[face.free_places] = priced.held
    reduced = np.zeros(len(pairs), dtype=np.int64)
    reduced[face.free_places] = priced.reduced
    none = np.zeros(len(state.groups), dtype=np.int64)
    return Solved(
        standing=face.standing(priced.used),
        own=OwnPrices(priced.prices, none),
        reduced=Reduced(
            pairs=reduced,
            segments=segment_gains + priced.prices[network.segments.node],
            slacks=none,
        ),
    )
