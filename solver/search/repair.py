"""A feasible answer from one that breaks some limits: bar what breaks them, and flow again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from solver.relaxation.face import EMPTY, FREE, FULL, Face
from solver.relaxation.flow import FlowFailedError
from solver.relaxation.network import Network
from solver.relaxation.relax import relax_level
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray, FloatArray, IntArray

GENTLE_REPAIRS = 8
"""So often only what breaks a group is barred; then every group is held to its best pairs."""

PATH_LENGTH = 64
"""A gain of the level outweighs the points along an exchange of about so many pairs."""


@dataclass(frozen=True)
class Repair:
    """A level on its face; `held` and `gains` lie along all pairs."""

    network: Network
    face: Face
    groups: SideGroups
    held: BoolArray
    gains: IntArray
    segment_gains: IntArray

    def mended(self, standing: BoolArray) -> BoolArray | None:
        """An answer that keeps every group's most, close to one that does not.

        In each broken group the used pairs of least gain are barred, for good. Where that only
        moves the trouble elsewhere, each group is left no more pairs than may stand. What
        comes out is optimal only where its value says so; None if nothing comes out.
        """
        face, groups = self.face, self.groups
        barred = np.zeros(len(face.pairs), dtype=np.bool_)
        for attempt in range(GENTLE_REPAIRS + 1):
            broken = groups.broken(face.slacks, standing)
            if not len(broken):
                return standing
            if not groups.counts_pairs[broken].all():
                return None
            if attempt < GENTLE_REPAIRS:
                barred |= self._beyond_most(groups.some(broken), self._worth, standing)
            else:
                plain = groups.some(np.flatnonzero(groups.counts_pairs))
                barred |= self._beyond_most(plain, self._worth, ~barred & (face.state != EMPTY))
            better = self._best_without(barred)
            if better is None:
                return None
            standing = better
        return None if len(groups.broken(face.slacks, standing)) else standing

    def guided(self, shares: FloatArray) -> BoolArray | None:
        """An answer that follows a fractional one: each group is left its largest shares.

        A fractional answer that happens to be whole is among the answers left.
        """
        ranking = np.lexsort((self._worth, shares)).argsort()
        plain = self.groups.some(np.flatnonzero(self.groups.counts_pairs))
        return self._best_without(self._beyond_most(plain, ranking, self.face.state != EMPTY))

    @property
    def _worth(self) -> IntArray:
        """Gains, with points to tell equals apart: chance would only break other groups."""
        points = self.face.pairs.points
        return self.gains * self._scale + points

    @property
    def _scale(self) -> int:
        return PATH_LENGTH * (int(self.face.pairs.points.max(initial=0)) + 1)

    def _best_without(self, barred: BoolArray) -> BoolArray | None:
        """The best answer on the face with some pairs barred, groups left out."""
        face = self.face
        smaller = replace(face, state=np.where(barred & (face.state == FREE), EMPTY, face.state))
        free = smaller.free_places
        worth, segment_worth = self._worth[free], self.segment_gains * self._scale
        try:
            priced = relax_level(self.network, smaller, worth, segment_worth, self.held[free])
        except FlowFailedError:
            return None
        return smaller.standing(priced.used)

    def _beyond_most(self, groups: SideGroups, ranking: IntArray, among: BoolArray) -> BoolArray:
        """The pairs left when each group keeps as many as may stand, those that must first."""
        inside = groups.pairs.where(among[groups.pairs.place])
        places, number = inside.place, inside.number
        may_go = self.face.state[places] != FULL
        order = np.lexsort((-ranking[places], may_go, number))
        places, number = places[order], number[order]
        starts = np.searchsorted(number, np.arange(len(groups)))
        beyond = np.zeros(len(among), dtype=np.bool_)
        beyond[places[np.arange(len(places)) - starts[number] >= groups.most[number]]] = True
        return beyond
