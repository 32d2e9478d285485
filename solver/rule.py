"""What a rule is. A rule is one file; its class, settings and docstring are all there is to it.

Every rule says everything twice: once over arrays, for the solver, and once for a single
pair in plain Python, for the audit and the explanation. Property tests hold the two
together. Arrays of pairs are given as positions in `problem.mentors` and in
`problem.mentees`; the two arrays may have any shapes that broadcast, so the same code
serves a list of pairs and a dense block.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from models.domain.participant import Pair, Participant
from models.domain.policy import RuleKind
from models.domain.problem import Problem
from solver.named import Named

IntArray = NDArray[np.integer]
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
Factor = NDArray[np.float32]
PairTest = Callable[[IntArray, IntArray], BoolArray]
PairValues = Callable[[IntArray, IntArray], IntArray]

LARGEST_SIZE = 1000
"""No pair counts more than this in any group, nor less than its negative."""

FULL_VALUE = 1000
"""The value of a soft objective that is wholly met: thousandths, whole numbers."""

MOST_WEIGHT = 100
"""The largest weight of a soft objective."""


class Rule(Named):
    """A rule: its fields are its settings, its docstring is what planners read.

    One that cannot be chosen is switched on by fairness modes alone.
    """

    kind: ClassVar[RuleKind]
    can_be_switched_off: ClassVar[bool] = True
    can_be_chosen: ClassVar[bool] = True
    looks_no_further: ClassVar[bool] = False
    """Whether all that it says of a pair follows from its settings, the ladder, the rows of the two
    humans, the humans whom these rows, the planner's bars and the earlier result name, and who
    manages the managers named; never from how many partners anybody has room for. Then it says
    the same in every round in which these are the same."""


@dataclass(frozen=True)
class Classes:
    """People sorted into classes, and which classes may meet at all.

    `mentors` and `mentees` hold each one's class; `compatible[a, b]` says whether some
    mentor of class a may be paired with some mentee of class b.
    """

    mentors: IntArray
    mentees: IntArray
    compatible: BoolArray


class EligibilityRule(Rule):
    """May these two be paired at all?

    A `dense` rule is cheap enough to be asked of every cell of a block, before pairs are
    listed; the others are asked of the pairs that are left.
    """

    kind: ClassVar[RuleKind] = "eligibility"
    dense: ClassVar[bool] = False

    @abstractmethod
    def vectorised(self, problem: Problem) -> PairTest:
        """The rule over arrays: true where a pair may stand."""

    @abstractmethod
    def permits(self, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
        """The rule for one pair, in plain Python."""

    @abstractmethod
    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """A sentence with both facts in it, whichever way the rule decides."""

    def refused(self, problem: Problem) -> tuple[IntArray, IntArray] | None:
        """Every pair that the rule refuses, as positions; None where they may be too many."""
        return None

    def classes(self, problem: Problem) -> Classes | None:
        """Classes by which whole blocks of pairs can be passed over; None where there are none."""
        return None


class PointsRule(Rule):
    """May a pair with these points stand? An eligibility rule asked once points are known.

    Points are those of the pair alone, in whole numbers: the sum of weight times value.
    """

    kind: ClassVar[RuleKind] = "eligibility"

    @abstractmethod
    def vectorised(self, points: IntArray) -> BoolArray:
        """The rule over an array of points: true where a pair may stand."""

    @abstractmethod
    def permits(self, points: int) -> bool:
        """The rule for one pair's points, in plain Python."""

    @abstractmethod
    def because(self, points: int) -> str:
        """A sentence with both facts in it, whichever way the rule decides."""


@dataclass(frozen=True)
class Membership:
    """The group in which each pair counts, as a code (-1 for none), and how much it counts.

    Without `sizes` every pair counts 1; with them no less and no more than `between` says.
    """

    groups: PairValues
    sizes: PairValues | None = None
    between: tuple[int, int] = (1, 1)

    def most_added(self, prices: Iterable[int]) -> int:
        """The most that these prices of groups can add to a pair's reduced gain."""
        return max((-price * size for price in prices for size in self.between), default=0)


@dataclass(frozen=True)
class KeyedLimit:
    """A hard constraint over arrays: the sum over each group stays between two limits.

    `shape` says how the groups lie: one for each mentor or mentee position (`mentor`,
    `mentee`), single pairs that must stand (`pair`), or anything else (`group`). Only a
    `group` limit has more than one membership, sizes, or any of the fields after `label`.

    `bounds` gives the lower and the upper limit of each code, `label` the group's name in
    certificates and explanations. `needed` are the codes that some answer without any pair
    would break. `matched` is a code for each mentee position (-1 for none): a mentee with at
    least one mentor counts 1 there. `mentor_of` gives for each code a mentor position, all of
    whose pairs count 1 less in that group. `people`, where it is given, marks the mentors
    and the mentees without whom no pair has a group. `code` is the other way round of `label`, with
    a KeyError where no group is called so; without it a group is found among those that pairs have.
    """

    rule: str
    shape: Literal["mentor", "mentee", "pair", "group"]
    members: tuple[Membership, ...]
    bounds: Callable[[IntArray], tuple[IntArray, IntArray]]
    label: Callable[[int], str]
    needed: tuple[int, ...] = ()
    matched: IntArray | None = None
    mentor_of: Callable[[IntArray], IntArray] | None = None
    people: tuple[BoolArray, BoolArray] | None = None
    code: Callable[[str], int] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether each pair counts 1 in at most one group, with an upper limit and no more."""
        (first, *others) = self.members or (None,)
        simple = first is not None and first.sizes is None and not others
        return simple and not self.needed and self.matched is None and self.mentor_of is None

    @property
    def groups(self) -> PairValues:
        """The only membership's groups, where there is but one."""
        (member,) = self.members
        return member.groups


Shares = tuple[tuple[str, int], ...]
"""Labels of groups, each with what a pair counts there."""


@dataclass(frozen=True)
class Minimum:
    """What a least number asks for, in a planner's words, and what counting places allows."""

    group: str
    wanted: int
    reachable: int


class HardConstraint(Rule):
    """A keyed limit: the sum over each group stays between two whole numbers.

    `sums_grow` is true where every pair counts 0 or more, so that pins alone can break it.
    """

    kind: ClassVar[RuleKind] = "constraint"
    sums_grow: ClassVar[bool] = True

    @abstractmethod
    def limit(self, problem: Problem) -> KeyedLimit:
        """The limit over arrays."""

    @abstractmethod
    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """The pair's groups by label, and what it counts in each, in plain Python.

        What every pair of a mentor counts alike is left out: see `price_of_mentors`.
        """

    def matched_group(self, problem: Problem, mentee: Participant) -> str | None:
        """The label of the group in which a mentee with a mentor counts 1, if there is one."""
        return None

    @abstractmethod
    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """The least and the most of the group's sum, in plain Python.

        Raises KeyError for a label that is no group's, unless a group without pairs would keep
        the limits anyway.
        """

    @abstractmethod
    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Everything in which these assignments break the rule, as sentences with the facts."""

    def minimums(self, problem: Problem) -> list[Minimum]:
        """Least numbers that counting alone may show to be beyond reach, before any solve."""
        return []

    def price_of_mentors(self, problem: Problem, prices: Mapping[str, int]) -> Mapping[str, int]:
        """What the groups' prices, by label, come to for every pair of a mentor, by reference.

        This is the plain voice of the limit's `mentor_of`.
        """
        return {}


class Objective(Rule):
    """What a policy may reward or charge for; `weight` is 0 to 100, and 0 means off."""

    kind: ClassVar[RuleKind] = "objective"

    weight: int = Field(default=0, ge=0, le=MOST_WEIGHT, strict=True)


@dataclass(frozen=True)
class Ceiling:
    """A product of two tables that no pair's value is above, but for the pairs listed.

    `mentors` and `mentees` have a row for each position and the same columns, nothing below
    0: value(m, e) <= mentors[m] @ mentees[e]. `listed` are (mentor, mentee) positions.
    """

    mentors: Factor
    mentees: Factor
    listed: tuple[IntArray, IntArray] | None = None


class SoftObjective(Objective):
    """A value from 0 to 1000 for a pair; its points are weight times value."""

    @abstractmethod
    def vectorised(self, problem: Problem) -> PairValues:
        """The value over arrays."""

    def ceiling(self, problem: Problem) -> Ceiling | None:
        """What large rounds are screened with; None where nothing is known but the full value."""
        return None

    @abstractmethod
    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """The value of one pair, in plain Python."""

    @abstractmethod
    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """A sentence that says why the value is what it is."""


class LoadObjective(Objective):
    """A cost that belongs to a mentor's load, not to a pair; it never falls as the load grows."""

    @abstractmethod
    def cost_of(self, nth: int) -> int:
        """What a mentor's n-th mentee costs, in whole points, counting from 1."""
