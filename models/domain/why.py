"""What Pairwell answers when somebody asks why a pair was made, and what might stand instead."""

from __future__ import annotations

from typing import Literal

from models.domain.base import Frozen
from models.domain.explanation import Change, WhyNot
from models.domain.participant import Pair
from models.domain.result import Assignment, Role

ForcedBy = Literal["pin", "only_option", "quota"]
Proof = Literal["found", "not_found", "unknown"]

Audience = Literal["planner", "participant", "auditor"]
"""Who is told: planners by reference, participants nothing of anybody else, auditors by figures."""


class Held(Frozen):
    """A place of somebody's that is taken: by whom, and the points of that pair."""

    partner: str
    points: int


class BetterOption(Frozen):
    """A partner with whom somebody would have had more points, and what used their places.

    `held_by` are the pairs that the better partner stands in, `free` the places left; `answer`
    says what it would lose to make the better pair.
    """

    partner: str
    points: int
    held_by: tuple[Held, ...]
    free: int
    answer: WhyNot


class Tie(Frozen):
    """A pair that would be just as good at every level but the tie rule, with its chain."""

    mentor: str
    mentee: str
    change: Change


class Ties(Frozen):
    """Everybody with whom somebody would be just as well paired, in one role.

    `complete` is false where some partners could not be asked about in the time given.
    """

    reference: str
    role: Role
    tied: tuple[Tie, ...]
    complete: bool = True


class WhyPair(Frozen):
    """Why a pair was made.

    `margin` is the least loss of points over the mentee's other options that cost nothing at
    the levels before: 0 is a tie, None says that there is no such option or, where
    `margin_known` is false, that it was not worked out in the time given. `closest` is the
    mentor of that option. `mentee_options` and `mentor_options` count everybody eligible.

    `forced_by` is `pin`; `only_option` where one of the two could be paired with nobody else;
    or `quota` where no answer without the pair keeps the limits of `needed_for`. `needed_for`
    says which limits the other pairs alone would break, in sentences.
    """

    assignment: Assignment
    mentee_options: int
    mentor_options: int
    margin: int | None = None
    margin_known: bool = True
    closest: str | None = None
    forced_by: ForcedBy | None = None
    only_option_of: tuple[Role, ...] = ()
    needed_for: tuple[str, ...] = ()
    mentees_better: BetterOption | None = None
    mentors_better: BetterOption | None = None
    tied_alternatives: Ties


class WeightChange(Frozen):
    """One weight changed, all else as it is."""

    rule: str
    today: int
    needed: int

    @property
    def size(self) -> int:
        """By how much the weight changes, up or down."""
        return abs(self.needed - self.today)


class Counterfactual(Frozen):
    """The smallest change of one weight that puts a pair into some best answer.

    `status` is `found` (every smaller change of one weight is ruled out, and the round was
    solved again with this one), `not_found` (no weight at all will do) or `unknown` (the time
    ran out; a `change` is then one that will do, and need not be the smallest, and every
    change of less than `ruled_out_below` is ruled out). `others` are changes of other weights
    that are just as small. `level` is the level before points at which the pair itself loses,
    where it does: no weight can help then.
    """

    pair: Pair
    status: Proof
    change: WeightChange | None = None
    others: tuple[WeightChange, ...] = ()
    answer: WhyNot | None = None
    level: str | None = None
    ruled_out_below: int = 0
    solves: int = 0

    @property
    def found(self) -> bool:
        """Whether a smallest change is known."""
        return self.status == "found"
