"""What a fairness mode is. A mode is one file; its class, settings and docstring are all of it.

Most modes say what comes first, and which rules they ask for; the round is then solved like
any other. A `SearchedMode` has a level that is no sum over pairs and people: its best value is
searched for by whole solves, and the round is then settled at it (see `solver.stages`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.named import Named
from solver.rulebook import Rules

Levels = tuple[str, ...]
RuleSettings = Mapping[str, Mapping[str, Any]]
"""Settings of rules, by the rules' names."""

MATCHED = "mentees_matched"
POINTS = "points"


@dataclass(frozen=True)
class Remark:
    """What planners should know of a round under a mode: the fields of a warning."""

    code: str
    message: str
    hint: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


class FairnessMode(Named):
    """A fairness mode: its fields are its settings, its docstring is what planners read.

    Under one that is stable, no pair may block an answer.
    """

    is_stable: ClassVar[bool] = False

    def levels(self, without: Levels) -> Levels:
        """The levels under this mode, from those of the policy without it; no lottery in either."""
        return without

    def rules(self, without: RuleSettings) -> RuleSettings:
        """The rules that the mode changes or switches on, from those that are on without it."""
        return {}

    def remarks(self, problem: Problem) -> Sequence[Remark]:
        """What planners should know before the round is solved."""
        return ()

    @property
    def tolerance(self) -> int:
        """Two people block an answer if both gain more points than this by each other."""
        return 0


def before_points(levels: Levels) -> Levels:
    """The levels before `points`, of which one at least counts the mentees matched."""
    before = levels[: levels.index(POINTS)] if POINTS in levels else levels
    counts_people = any(name.startswith(MATCHED) for name in before)
    return before if counts_people else (MATCHED, *before)


class SearchedMode(FairnessMode):
    """A mode with a level of its own, whose best value is searched for by whole solves.

    The level stands behind all levels that come before `points`. The higher the value asked
    for, the fewer answers have it: whether the best values of the levels before can still be
    reached is decided by solving rounds that are ordinary ones, with more limits.
    """

    level: ClassVar[str]

    def levels(self, without: Levels) -> Levels:
        """The mode's own level before `points`, and something to lose before that."""
        before = before_points(without)
        return (*before, self.level, *(name for name in without if name not in before))

    @abstractmethod
    def at_least(self, problem: Problem, value: int) -> RuleSettings:
        """Rules, with settings, that an answer keeps if its value is at least so large.

        Beside the policy's own they may add limits, and floors under the points of pairs, and
        nothing else. Every answer that keeps these and the other rules has the value.
        """

    @abstractmethod
    def value_of(self, problem: Problem, rules: Rules, pairs: Sequence[tuple[Pair, int]]) -> int:
        """The level's value for pairs with their points, in plain Python."""

    @abstractmethod
    def most(self, problem: Problem, rules: Rules, before: Mapping[str, int]) -> int:
        """No answer has a larger value; found without looking at the pairs.

        `before` has the values of the levels before this one.
        """

    @abstractmethod
    def steps(self, problem: Problem, rules: Rules, before: Mapping[str, int]) -> Sequence[int]:
        """Every value that an answer may have, in rising order, no larger than `most`."""
