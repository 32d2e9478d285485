"""The rule `quality_floor`."""

from __future__ import annotations

from pydantic import Field

from solver.rule import BoolArray, IntArray, PointsRule
from solver.wording import points_in_words


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
        floor = points_in_words(self.points)
        if self.permits(points):
            return f"{points_in_words(points)}, and the floor is {floor}"
        return f"only {points_in_words(points)}, below the floor of {floor}"
