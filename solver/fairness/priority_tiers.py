"""The fairness mode `priority_tiers`."""

from __future__ import annotations

from solver.fairness_mode import MATCHED, FairnessMode, Levels

TIERS = tuple(f"{MATCHED}_{tier}" for tier in (1, 2, 3))


class PriorityTiers(FairnessMode):
    """Mentees who were carried over without a mentor come first, then those who return, then
    those who are new; only then do points count."""

    def levels(self, without: Levels) -> Levels:
        """The tiers in the place of all mentees together."""
        return (*TIERS, *(name for name in without if name not in (MATCHED, *TIERS)))
