"""How the pairs that were made rank among one side's options, counted block by block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from models.domain.participant import Participant
from solver.rule import FloatArray, IntArray


class Ranks:
    """One side: the k-th pair of everybody is counted in one sweep.

    `made` names the person of this side of every pair made, `points` its points; no
    candidate has more than `most_points`.
    """

    def __init__(
        self,
        people: Sequence[Participant],
        made: Sequence[str],
        points: Sequence[int],
        most_points: int,
    ) -> None:
        place_of = {person.reference: place for place, person in enumerate(people)}
        self._place = [place_of[reference] for reference in made]
        seen: Counter[int] = Counter()
        self._nth: list[int] = []
        for place in self._place:
            self._nth.append(seen[place])
            seen[place] += 1
        # Nobody has more points than somebody without a k-th pair asks for.
        self._asked = np.full((max(seen.values(), default=0), len(people)), most_points)
        for place, nth, worth in zip(self._place, self._nth, points, strict=True):
            self._asked[nth, place] = worth
        self._better = np.zeros_like(self._asked)
        self._most_points = most_points

    @property
    def matters_from(self) -> FloatArray:
        """The points from which on a pair of each person changes some rank."""
        lowest: IntArray = self._asked.min(axis=0, initial=self._most_points)
        return lowest.astype(np.float64) + 1

    def add(self, places: IntArray, points: IntArray) -> None:
        """Counts some candidate pairs, by this side's positions."""
        for asked, better in zip(self._asked, self._better, strict=True):
            better += np.bincount(places[points > asked[places]], minlength=len(better))

    def told(self) -> tuple[int, ...]:
        """The rank of every pair made, in the order given."""
        return tuple(
            1 + int(self._better[nth, place])
            for nth, place in zip(self._nth, self._place, strict=True)
        )
