"""The fairness mode `group_parity`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from pydantic import Field

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.fairness_mode import MATCHED, Remark, RuleSettings, SearchedMode
from solver.matched_groups import MILLION, Attribute, group_sizes, matched_in_groups
from solver.rulebook import Rules
from solver.wording import listed

RATE = "group_rate"

SMALLEST_GROUP = 10
"""Of fewer mentees a rate says more about single people than about a group."""


class GroupParity(SearchedMode):
    """No group of mentees is left behind: as many mentees as possible have a mentor, and the share
    of each group that has one is at least `percent` per cent of the share of all mentees, or
    else the smallest share is as large as it can be. A group is everybody with the same
    department, profession, grade or home region (`by`); groups of fewer than ten are left out."""

    level: ClassVar[str] = "smallest_group_rate"

    by: Attribute
    percent: int = Field(ge=1, le=100, strict=True)

    def at_least(self, problem: Problem, value: int) -> RuleSettings:
        """So many of each group."""
        settings = {"by": self.by, "per_million": value, "from_size": SMALLEST_GROUP}
        return {RATE: settings}

    def value_of(self, problem: Problem, rules: Rules, pairs: Sequence[tuple[Pair, int]]) -> int:
        """The smallest group's rate in parts per million, or what is asked for if that is less."""
        made = [pair for pair, _ in pairs]
        served = matched_in_groups(problem, self.by, made)
        rates = (MILLION * served.get(g, 0) // size for g, size in self._sizes(problem).items())
        return min([*rates, self._asked_for(problem, len({pair.mentee for pair in made}))])

    def most(self, problem: Problem, rules: Rules, before: Mapping[str, int]) -> int:
        """What is asked for, by the number of all mentees who have a mentor."""
        matched = (value for name, value in before.items() if name.startswith(MATCHED))
        return self._asked_for(problem, sum(matched))

    def steps(self, problem: Problem, rules: Rules, before: Mapping[str, int]) -> Sequence[int]:
        """The rates that groups of these sizes can have, as far as they are asked for."""
        most = self.most(problem, rules, before)
        sizes = set(self._sizes(problem).values())
        rates = {MILLION * served // size for size in sizes for served in range(size + 1)}
        return sorted({most, *(rate for rate in rates if rate < most)})

    def remarks(self, problem: Problem) -> Sequence[Remark]:
        """The groups that are left out."""
        small = {g: n for g, n in group_sizes(problem, self.by).items() if n < SMALLEST_GROUP}
        if not small:
            return ()
        named = listed([f"{group} ({size})" for group, size in small.items()])
        return (
            Remark(
                code="GROUP_TOO_SMALL",
                message=f"groups of fewer than {SMALLEST_GROUP} mentees are left out of "
                f"`group_parity`: {named}",
                hint="Nothing needs to be done; look at these people one by one.",
                detail={"by": self.by, "groups": small},
            ),
        )

    def _sizes(self, problem: Problem) -> dict[str, int]:
        """How many mentees each group has that is large enough."""
        sizes = group_sizes(problem, self.by)
        return {group: size for group, size in sizes.items() if size >= SMALLEST_GROUP}

    def _asked_for(self, problem: Problem, matched: int) -> int:
        """The rate that is asked of each group, in parts per million."""
        return MILLION * matched * self.percent // (100 * max(1, len(problem.mentees)))
