"""A round with an earlier result behind it, about to be matched again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.domain.participant import Pair
from models.domain.policy import Policy
from models.domain.problem import Problem
from scenarios.change import Change, change_of
from scenarios.what_if import ScenarioAnswer
from solver.earlier import PairNames, most_together, standing_pairs
from solver.encoding import KEPT
from solver.levels import NAMED_LEVELS, TIE_RULE
from solver.modes import without_mode
from solver.rulebook import choose_rules

Ask = Callable[[Sequence[Change]], ScenarioAnswer]


@dataclass(frozen=True)
class LiveRound:
    """The round after who came and went, and the answer of any variation of it.

    `ask` solves the round with further changes.
    """

    problem: Problem
    ask: Ask

    @cached_property
    def standing(self) -> PairNames:
        """The earlier pairs that could each still stand, as (mentor, mentee) references."""
        return standing_pairs(self.problem)

    @cached_property
    def keeping_first(self) -> ScenarioAnswer:
        """The answer that keeps as many pairs as can stand together, whatever that costs.

        Who is kept follows from the policy's own levels; a fairness mode is left aside.
        """
        levels = [KEPT, *own_levels(without_mode(self.problem.policy))]
        changes = change_of("fairness", fairness=None), change_of("levels", levels=levels)
        return self.ask(changes)

    @cached_property
    def most_kept(self) -> int | None:
        """As many earlier pairs as can stand together; None where that is not proved."""
        counted = most_together(self.problem, self.standing)
        if counted == 0 or self._counting_is_exact:
            return counted
        result = self.keeping_first.result
        for level in result.levels if result else ():
            if level.name == KEPT and level.proved:
                return level.value
        return None

    @property
    def _counting_is_exact(self) -> bool:
        """Whether places alone decide how many pairs stand together, with the pins beside them."""
        together = {*self.standing, *self.problem.pinned}
        pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in sorted(together)]
        return all(
            limit.is_plain and not rule.breaches(self.problem, pairs)
            for rule in choose_rules(self.problem.policy).constraints
            if (limit := rule.limit(self.problem)).shape == "group"
        )


def own_levels(policy: Policy) -> list[str]:
    """The levels that a policy may list, but for the one that counts what is kept."""
    return [name for name in policy.levels if name in NAMED_LEVELS and name not in (KEPT, TIE_RULE)]
