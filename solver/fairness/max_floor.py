"""The fairness mode `max_floor`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.fairness_mode import RuleSettings, SearchedMode
from solver.rule import FULL_VALUE
from solver.rulebook import Rules
from solver.scoring.scoreboard import candidate_blocks, cells

FLOOR = "quality_floor"

CELLS_UP_TO = 100_000_000
"""Where more pairs are possible, they are not looked at to learn which points there are."""


class MaxFloor(SearchedMode):
    """The worst pair is as good as it can be without leaving anybody out: the highest floor under
    the points of every pair, pins included, that loses no mentee a mentor; then points count."""

    level: ClassVar[str] = "worst_points"

    def at_least(self, problem: Problem, value: int) -> RuleSettings:
        """A floor, unless the policy's own is higher."""
        own = [rule.settings["points"] for rule in problem.policy.rules if rule.name == FLOOR]
        return {FLOOR: {"points": max([value, *own])}}

    def value_of(self, problem: Problem, rules: Rules, pairs: Sequence[tuple[Pair, int]]) -> int:
        """The fewest points of a pair; where no pair is made, the most that there could be."""
        return min((points for _, points in pairs), default=self.most(problem, rules, {}))

    def most(self, problem: Problem, rules: Rules, before: Mapping[str, int]) -> int:
        """What every soft objective in full comes to, or the fewest points of a pinned pair."""
        people = problem.by_reference
        pinned = (
            sum(
                rule.weight * rule.value(problem, people[pin.mentor], people[pin.mentee])
                for rule in rules.objectives
            )
            for pin in problem.pins
        )
        return min(pinned, default=FULL_VALUE * sum(rule.weight for rule in rules.objectives))

    def steps(self, problem: Problem, rules: Rules, before: Mapping[str, int]) -> Sequence[int]:
        """The points that candidate pairs have, up to `most`; in a huge round any number."""
        most = self.most(problem, rules, before)
        if cells(problem, rules) > CELLS_UP_TO:
            return range(most + 1)
        had = np.zeros(most + 1, dtype=np.bool_)
        for block in candidate_blocks(problem, rules):
            had[block.points[block.points <= most]] = True
        had[most] = True
        steps: list[int] = np.flatnonzero(had).tolist()
        return steps
