"""The decision of one level: CP-SAT on the core, which is widened until it is wide enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from solver.relaxation.face import FREE, FULL, Face
from solver.relaxation.network import Network
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray, IntArray
from solver.search.clock import Clock
from solver.search.draft import Core, Reduced, loss_of
from solver.search.search import SearchAnswer, search_core

CORE_PAIRS_EACH = 4
"""The first core holds about so many losing pairs for each person."""

MOST_CORE_PAIRS = 60_000
"""A core is no larger; where more pairs lose nothing, only those held are put to CP-SAT."""


@dataclass(frozen=True)
class Decision:
    """One level to decide: the face it is solved on, its reduced gains, and what is kept.

    Slacks lie along all groups; only the `active` ones, by number, are put to CP-SAT. Losses
    are in units of `1 / scale` of the level's.
    """

    network: Network
    face: Face
    groups: SideGroups
    active: IntArray
    objective: Reduced
    kept: Sequence[tuple[Reduced, int]]
    scale: int = 1


def decide(decision: Decision, standing: BoolArray, held: BoolArray, clock: Clock) -> SearchAnswer:
    """The answer of smallest loss on the face, proved where time allows.

    `standing` is a feasible answer as a mask of all pairs. A better answer loses less, so
    every pair of it has a reduced gain within that loss: the core of that width misses
    nothing. Narrower cores are tried first, because their answers narrow what is needed. An
    answer that loses less than one unit of the level is optimal by the bound alone.
    """
    loss = loss_of(_core(decision, standing, standing, 0), standing)
    best, width = SearchAnswer(standing, loss, proved=True), _first_width(decision, loss)
    while best.loss >= decision.scale:
        core = _core(decision, best.standing, held, width)
        found = search_core(core, best.standing, clock)
        if found is None or not found.proved:
            better = found if found and found.loss < best.loss else best
            return SearchAnswer(better.standing, better.loss, better.loss < decision.scale)
        best = found
        if best.loss <= width:
            proved = core.complete or best.loss < decision.scale
            return SearchAnswer(best.standing, best.loss, proved)
        width = min(best.loss, 4 * width + 1)
    return best


def confirm(decision: Decision, standing: BoolArray, clock: Clock) -> SearchAnswer | None:
    """CP-SAT's own answer of loss 0, where the relaxation says that `standing` is one."""
    core = _core(decision, standing, standing, 0)
    found = search_core(core, standing, clock)
    return found if found and found.proved and not found.loss else None


def _first_width(decision: Decision, loss: int) -> int:
    """A width that some pairs of everybody lie within; never more than the loss to be beaten."""
    losses = -decision.objective.pairs[decision.face.free_places]
    losses = np.sort(losses[losses > 0])
    wanted = CORE_PAIRS_EACH * decision.network.nodes
    return min(loss, int(losses[wanted])) if wanted < len(losses) else loss


def _core(decision: Decision, known: BoolArray, held: BoolArray, width: int) -> Core:
    """The pairs whose reduced gain is within the width, and those of the known answer."""
    face = decision.face
    objective = on_face(face, decision.objective)
    full, free = face.state == FULL, face.state == FREE
    inside = full | (free & ((objective.pairs >= -width) | known))
    complete = int(np.count_nonzero(inside)) <= MOST_CORE_PAIRS
    if not complete:
        inside &= full | known | held
    places = np.flatnonzero(inside)
    return Core(
        network=decision.network,
        face=face,
        groups=decision.groups.some(decision.active),
        slacks=face.slacks[decision.active],
        places=places,
        forced=(full | ((objective.pairs > width) & known))[places],
        objective=_among(objective, decision.active),
        kept=[(_among(earlier, decision.active), gap) for earlier, gap in decision.kept],
        complete=complete,
    )


def _among(reduced: Reduced, active: IntArray) -> Reduced:
    return replace(reduced, slacks=reduced.slacks[active])


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
