"""The decision of one level: CP-SAT on the core, which is widened until it is wide enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from solver.relaxation.face import FREE, FULL, Face
from solver.relaxation.network import Network
from solver.relaxation.side_limits import SideGroup
from solver.rule import BoolArray, IntArray
from solver.search.draft import Core, Reduced, loss_of
from solver.search.search import SearchAnswer, search_core

CORE_PAIRS_EACH = 4
"""The first core holds about so many losing pairs for each person."""


@dataclass(frozen=True)
class Decision:
    """One level to decide: the face it is solved on, its reduced gains, and what is kept."""

    network: Network
    face: Face
    groups: Sequence[SideGroup]
    objective: Reduced
    kept: Sequence[tuple[Reduced, int]]


def decide(
    decision: Decision, standing: BoolArray, seconds_left: Callable[[], float]
) -> SearchAnswer:
    """The answer of smallest loss on the face, proved where time allows.

    `standing` is a feasible answer as a mask of all pairs. A better answer loses less, so
    every pair of it has a reduced gain within that loss: the core of that width misses
    nothing. Narrower cores are tried first, because their answers narrow what is needed.
    """
    loss = loss_of(_core(decision, standing, 0), standing)
    best, width = SearchAnswer(standing, loss, proved=False), _first_width(decision, loss)
    while True:
        found = search_core(_core(decision, best.standing, width), best.standing, seconds_left())
        if found is None or not found.proved:
            better = found if found and found.loss < best.loss else best
            return SearchAnswer(better.standing, better.loss, proved=False)
        best = found
        if best.loss <= width:
            return best
        width = min(best.loss, 4 * width + 1)


def _first_width(decision: Decision, loss: int) -> int:
    """A width that some pairs of everybody lie within; never more than the loss to be beaten."""
    losses = -decision.objective.pairs[decision.face.free_places]
    losses = np.sort(losses[losses > 0])
    wanted = CORE_PAIRS_EACH * decision.network.nodes
    return min(loss, int(losses[wanted])) if wanted < len(losses) else loss


def _core(decision: Decision, known: BoolArray, width: int) -> Core:
    """The pairs whose reduced gain is within the width, and those of the known answer."""
    face = decision.face
    objective = on_face(face, decision.objective)
    full, free = face.state == FULL, face.state == FREE
    inside = full | (free & ((objective.pairs >= -width) | known))
    places = np.flatnonzero(inside)
    return Core(
        network=decision.network,
        face=face,
        groups=decision.groups,
        places=places,
        forced=(full | ((objective.pairs > width) & known))[places],
        objective=objective,
        kept=decision.kept,
    )


def on_face(face: Face, reduced: Reduced, gap: int | None = None) -> Reduced:
    """Reduced gains of what is free: what is settled, or beyond the gap, loses nothing."""

    def open_still(state: IntArray, gains: IntArray) -> IntArray:
        counts = state == FREE if gap is None else (state == FREE) & (np.abs(gains) <= gap)
        free: IntArray = np.where(counts, gains, 0)
        return free

    return Reduced(
        pairs=open_still(face.state, reduced.pairs),
        segments=open_still(face.segments, reduced.segments),
        slacks=open_still(face.slacks, reduced.slacks),
    )
