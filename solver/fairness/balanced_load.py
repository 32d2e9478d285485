"""The fairness mode `balanced_load`."""

from __future__ import annotations

from solver.fairness_mode import FairnessMode, RuleSettings

LOAD = "balanced_load"

WEIGHT = 50
"""A mentor's second mentee then costs 5 points, the third 10: between a grade too many and a
profession shared, in the shipped profiles."""


class BalancedLoad(FairnessMode):
    """Mentees are spread over the mentors: among answers with as many mentees, each further
    mentee of one mentor costs points. Where the policy gives the load no weight, it is 50."""

    def rules(self, without: RuleSettings) -> RuleSettings:
        """The cost of loads, unless the policy charges for them already."""
        return {} if LOAD in without else {LOAD: {"weight": WEIGHT}}
