"""The rule `coverage_floor`."""

from __future__ import annotations

from pydantic import Field

from models.domain.problem import Problem
from solver.matched_groups import MatchedGroups, group_sizes
from solver.rule import Minimum


class CoverageFloor(MatchedGroups):
    """At least `percent` per cent of each group's mentees have a mentor. A group is everybody
    with the same department, profession, grade or home region (`by`), however few they are;
    who has none on record is in no group."""

    percent: int = Field(ge=1, le=100, strict=True)

    @property
    def demand(self) -> str:
        """The per cent."""
        return f"{self.percent}%"

    def least(self, size: int) -> int:
        """The floor, rounded up to whole people."""
        return -(-size * self.percent // 100)

    def minimums(self, problem: Problem) -> list[Minimum]:
        """Each group's floor, and all of them together, against the mentors' places."""
        places = sum(mentor.mentoring.capacity for mentor in problem.mentors)
        found = [
            Minimum(f"mentees of {group} with a mentor", self.least(size), min(size, places))
            for group, size in group_sizes(problem, self.by).items()
        ]
        wanted = sum(minimum.wanted for minimum in found)
        return [*found, Minimum("mentees of all groups with a mentor", wanted, places)]
