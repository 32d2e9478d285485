"""The fairness mode `floor`."""

from __future__ import annotations

from pydantic import Field

from solver.fairness_mode import FairnessMode, RuleSettings

FLOOR = "quality_floor"


class Floor(FairnessMode):
    """No pair is made that is worth fewer than so many `points`, counted in whole numbers as in
    the result; where the policy has a floor of its own, the higher one holds."""

    points: int = Field(ge=0, le=1_000_000_000, strict=True)

    def rules(self, without: RuleSettings) -> RuleSettings:
        """The stricter of the two floors."""
        own = without.get(FLOOR, {"points": 0})
        return {FLOOR: {"points": max(self.points, own["points"])}}
