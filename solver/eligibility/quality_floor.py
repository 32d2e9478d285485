"""The rule `quality_floor`."""

from __future__ import annotations

from pydantic import Field

from solver.rule import BoolArray, IntArray, PointsRule


class QualityFloor(PointsRule):
    """A pair is worth at least so many `points`, counted in whole numbers as in the result."""

    points: int = Field(ge=0, le=1_000_000_000, strict=True)

    def vectorised(self, points: IntArray) -> BoolArray:
        """Compares the points with the floor."""
        return points >= self.points

    def permits(self, points: int) -> bool:
        """Compares the points with the floor."""
        return points >= self.points

    def because(self, points: int) -> str:
        """The pair's points and the floor."""
        return f"{points:,} points against a floor of {self.points:,}"
