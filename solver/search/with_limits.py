"""One level with every limit: prices by linear programme, then CP-SAT on the core."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.levels import Level
from solver.relaxation.linear import (
    LinearRound,
    pair_reduced,
    relax_with_limits,
    segment_reduced,
)
from solver.relaxation.proof import OwnPrices
from solver.rule import BoolArray, FloatArray, IntArray
from solver.scoring.columns import with_points
from solver.search.clock import Clock
from solver.search.decide import decide
from solver.search.draft import Reduced
from solver.search.repair import Repair
from solver.search.state import SearchState, Solved


def solve_with_limits(
    state: SearchState,
    level: Level,
    relaxed: Solved,
    standing: BoolArray,
    clock: Clock,
) -> Solved:
    """The level's optimum, from its optimum as a network, which breaks some limit.

    Only groups that some answer has been seen to break are priced and put to CP-SAT; an
    answer that keeps the others all the same is optimal with them. `standing` is feasible.
    """
    repair = Repair(
        network=state.network,
        face=state.face,
        groups=state.groups,
        held=state.held,
        gains=state.gains(level, state.pairs),
        segment_gains=state.segment_gains(level),
    )
    standing = state.better(level, repair.mended(relaxed.standing), standing)
    if state.value(level, standing) == state.value(level, relaxed.standing):
        return replace(relaxed, standing=standing)
    nearly, broken_by = relaxed.reduced, relaxed.standing
    while True:
        broken = state.groups.broken(state.face.slacks, broken_by)
        own, nearly, shares = _priced(state, repair, standing, nearly, broken)
        standing = state.better(level, repair.guided(shares), standing)
        found = decide(state.decision(nearly, own.scale), standing, state.held, clock)
        if not len(state.groups.broken(state.face.slacks, found.standing)):
            return Solved(found.standing, own, nearly, found.loss, found.proved, decided=True)
        if not found.proved:
            return Solved(standing, own, nearly, proved=False, decided=True)
        broken_by = found.standing


def _priced(
    state: SearchState, repair: Repair, standing: BoolArray, nearly: Reduced, broken: IntArray
) -> tuple[OwnPrices, Reduced, FloatArray]:
    """Prices under which a fractional answer keeps every group; groups are added as they break.

    `nearly` are reduced gains that are nearly right; they say which pairs to begin with.
    """
    while True:
        state.active = np.union1d(state.active, broken)
        ranking = with_points(nearly.pairs, state.pairs)
        own, nearly, shares = _over_active_groups(state, repair, standing, ranking)
        # An active group can be exceeded by rounding alone; pricing it again changes nothing.
        broken = np.setdiff1d(state.groups.exceeded(shares), state.active)
        if not len(broken):
            return own, nearly, shares


def _over_active_groups(
    state: SearchState, repair: Repair, standing: BoolArray, ranking: IntArray
) -> tuple[OwnPrices, Reduced, FloatArray]:
    given = LinearRound(
        network=state.network,
        face=state.face,
        groups=state.groups.some(state.active),
        slacks=state.face.slacks[state.active],
        rows=state.rows,
        pair_gains=repair.gains,
        segment_gains=repair.segment_gains,
    )
    answer = relax_with_limits(given, standing, ranking)
    prices, along_all = answer.prices, np.zeros(len(state.groups), dtype=np.int64)
    along_all[state.active] = prices.groups
    reduced = Reduced(pair_reduced(given, prices), segment_reduced(given, prices), -along_all)
    return replace(prices, groups=along_all), reduced, answer.shares
