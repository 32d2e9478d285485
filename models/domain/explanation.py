"""What Pairwell answers when somebody asks why a pair was not made, or what a change would cost."""

from __future__ import annotations

from typing import Literal

from models.domain.base import Frozen
from models.domain.participant import Pair
from models.domain.result import Assignment, Check, Conflict, Role

Verdict = Literal[
    "not_in_round",
    "same_person",
    "already_matched",
    "ineligible",
    "barred",
    "blocked_by_pin",
    "infeasible_if_forced",
    "tied",
    "dominated",
    "unknown",
]


class Move(Frozen):
    """One person's part in a change: partners and points before and after.

    `losses` is what their part takes from each level, negative where it gains. A mentor has a
    row only where their own number of mentees changes what a level counts; points belong to
    the mentees' rows.
    """

    reference: str
    role: Role
    before: tuple[str, ...]
    after: tuple[str, ...]
    points_before: int = 0
    points_after: int = 0
    losses: dict[str, int]


class Change(Frozen):
    """Another answer, beside the one in hand: what it loses at each level and who moves.

    `losses` lists the levels in order, without the tie rule; `moves` are the witness, from the
    first person who moves to the last, and their losses sum to `losses`.
    """

    losses: dict[str, int]
    moves: tuple[Move, ...]

    @property
    def costs_nothing(self) -> bool:
        """Whether only the tie rule tells the two answers apart."""
        return not any(self.losses.values())


class Alternative(Frozen):
    """A pair that might have been made instead, with what forcing it would lose at each level.

    Where limits that are no part of the network hold as well, the loss is the least that it can
    be: ask why not for the exact one.
    """

    mentor: str
    mentee: str
    points: int
    made: bool
    losses: dict[str, int]


class NextPlace(Frozen):
    """What one more place with a mentor would add at each level; 0 everywhere where nothing.

    Where limits that are no part of the network hold as well, the gains are the most that they
    can be.
    """

    mentor: str
    gains: dict[str, int]


class Recruit(Frozen):
    """What one more mentor of a kind would add at each level: grade, home region, profession.

    `offers` is what the recruit is taken to offer; `mentors` counts those of the kind in the
    round. Where limits that are no part of the network hold as well, the gains are the most that
    they can be.
    """

    grade: str
    region: str | None
    profession: str | None
    offers: tuple[str, ...]
    mentors: int
    gains: dict[str, int]


class CapacityWorth(Frozen):
    """The recruitment list: every mentor's next place, and one more mentor of each kind."""

    next_places: tuple[NextPlace, ...]
    recruits: tuple[Recruit, ...]


class Interval(Frozen):
    """Where the loss at each level lies that could not be worked out in the time given."""

    least: dict[str, int]
    most: dict[str, int] | None = None


class WhyNot(Frozen):
    """Why a mentor was not given a mentee: one verdict, with what it carries.

    `change` says what forcing the pair would lose. With `blocked_by_pin` it is there only where a
    pin that may be dropped is in the way.

    `local_losses` is what swapping just these two in would lose, everybody else staying where
    they are; None where that cannot be done, and where another solve was asked instead.
    """

    mentor: str
    mentee: str
    verdict: Verdict
    because: str
    checks: tuple[Check, ...] = ()
    pins: tuple[Pair, ...] = ()
    assignment: Assignment | None = None
    points: int | None = None
    change: Change | None = None
    local_losses: dict[str, int] | None = None
    interval: Interval | None = None
    conflict: Conflict | None = None
    verified: bool = False
