"""The rule `group_rate`."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from solver.matched_groups import MILLION, MatchedGroups


class GroupRate(MatchedGroups):
    """At least `per_million` of a million mentees of each group would have a mentor. A group is
    everybody with the same department, profession, grade or home region (`by`); groups with
    fewer mentees than `from_size` are not asked. A fairness mode sets this, no policy does."""

    can_be_chosen: ClassVar[bool] = False

    per_million: int = Field(ge=0, le=MILLION, strict=True)
    from_size: int = Field(default=1, ge=1, le=MILLION, strict=True)

    @property
    def demand(self) -> str:
        """The rate as a per cent."""
        return f"{self.per_million / 10_000:.2f}%"

    def least(self, size: int) -> int:
        """The rate, rounded up to whole people."""
        return -(-size * self.per_million // MILLION) if size >= self.from_size else 0
