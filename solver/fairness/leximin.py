"""The fairness mode `leximin`."""

from __future__ import annotations

from pydantic import Field

from solver.fairness_mode import FairnessMode, Levels, before_points
from solver.levels import MOST_BUCKETS


class Leximin(FairnessMode):
    """As few pairs as possible lie in the worst of so many `buckets` of points, then in the next,
    and so on up to the second best: nobody minds how many are in the best. The buckets have equal
    widths from 0 to the points of the round's best possible pair. As many mentees as possible have
    a mentor first."""

    buckets: int = Field(default=MOST_BUCKETS, ge=2, le=MOST_BUCKETS, strict=True)

    def levels(self, without: Levels) -> Levels:
        """A level for each bucket but the best, between the levels that count people and points."""
        before = before_points(without)
        buckets = (f"bucket_{number}" for number in range(1, self.buckets))
        return (*before, *buckets, *(name for name in without if name not in before))
