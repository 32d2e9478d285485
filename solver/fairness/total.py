"""The fairness mode `total`."""

from __future__ import annotations

from solver.fairness_mode import POINTS, FairnessMode, Levels


class Total(FairnessMode):
    """Only the points of all pairs together count, however many mentees are left over."""

    def levels(self, without: Levels) -> Levels:
        """Points and nothing else."""
        return (POINTS,)
