"""Rules whose waiver gives a mentee who has somebody already one mentor more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.domain.leftover import Remedy
from solver.questions.refused import RefusedPairs
from solver.questions.residual import FAR
from solver.questions.waivers import Waivers
from solver.rule import IntArray


class ShortWaivers(Waivers):
    """Remedies for the short, one search each.

    Who has a mentor might only leave them for a new one. That no best answer has just that is
    certain where such a change, the cheapest way back to the mentee but along the arc from the
    root, gains nothing with any of the new pairs: then every gain gives them one mentor more.
    """

    def remedies(self, places: Sequence[int]) -> dict[int, list[Remedy]]:
        """By mentee position, each rule whose waiver helps for certain."""
        return self._of(places, 1)

    def _losses(self, refused: RefusedPairs) -> IntArray:
        """What one mentor more with each pair would lose; FAR where nothing is certain."""
        losses, lengths = super()._losses(refused), self._lengths(refused)
        own, others = refused.of("mentee")
        for place in np.unique(own[losses < 0]).tolist():
            some = np.flatnonzero(own == place)
            exchanged = lengths[some] + self._exchanged(place, others[some])
            tempting = np.unique(refused.by[some[exchanged < 0]])
            losses[some[np.isin(refused.by[some], tempting)]] = FAR
        return losses

    def _exchanged(self, place: int, mentors: IntArray) -> IntArray:
        """The ways from mentors back to a mentee that give up one of the mentee's own pairs."""
        side = self._side
        past_them, _ = side.hither.way_past(place, place)
        found = side.forcing.paths.to_mentee(place, past_them)
        ways: IntArray = found.length[mentors + side.first_other]
        return ways

    def _onward(self, own: IntArray, nodes: IntArray) -> IntArray:
        ways = self._side.onward
        past = ways.ends[nodes] != own + self._side.first_node
        return np.where(past, ways.first.length[nodes], ways.second[nodes])

    def _way(self, own: int, node: int) -> list[int]:
        return self._side.onward.way_past(node, own + self._side.first_node)[1]
