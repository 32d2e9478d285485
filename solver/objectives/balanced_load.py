"""The rule `balanced_load`."""

from __future__ import annotations

from solver.rule import LoadObjective

STEP = 100
"""By how many thousandths each further mentee costs more than the one before."""


class BalancedLoad(LoadObjective):
    """Mentees are spread over the mentors: each further mentee of one mentor costs more than
    the one before, and the first costs nothing."""

    def cost_of(self, nth: int) -> int:
        """`weight × 100 × (nth - 1)`."""
        return self.weight * STEP * (nth - 1)
