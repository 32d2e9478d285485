"""Between two weights that were looked at: at which ones may a pair still cost nothing?

The best points of a round are the maximum, over its answers, of sums that are linear in a
weight; so are the best points with a pair forced. Both are convex. Between two weights the best
points lie on or above the lines of the two best answers found there, and those with the pair
forced on or below the chord. Where the lines are above the chord, the pair costs something.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Looked:
    """What a complete solve told at one weight, in whole points.

    `slope` is what the best answer gains by one more unit of the weight; `forced` is the best
    with the pair forced. `will_do` says whether the pair then stands in some best answer.
    """

    weight: int
    best: int
    slope: int
    forced: int
    will_do: bool

    def line(self, weight: int) -> int:
        """What the best answer found here is worth at another weight."""
        return self.best + self.slope * (weight - self.weight)


@dataclass(frozen=True)
class Gap:
    """The weights strictly between two that were looked at, `near` being closer to today's."""

    near: Looked
    far: Looked

    def nearest(self, is_convex: bool) -> int | None:
        """The weight nearest to today's that is not ruled out; None where all of them are.

        Where eligibility, or a level before points, depends on points, nothing is convex, and
        no weight is ruled out before it is looked at.
        """
        step = 1 if self.far.weight > self.near.weight else -1
        between = range(self.near.weight + step, self.far.weight, step)
        open_still = (w for w in between if not (is_convex and self._is_ruled_out(w)))
        return next(open_still, None)

    def _is_ruled_out(self, weight: int) -> bool:
        """Whether some answer without the pair is worth more than any with it can be."""
        near, far = self.near, self.far
        span, distance = abs(far.weight - near.weight), abs(weight - near.weight)
        best = max(near.line(weight), far.line(weight))
        return (best - near.forced) * span > (far.forced - near.forced) * distance
