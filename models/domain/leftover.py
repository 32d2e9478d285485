"""What Pairwell answers when somebody asks why a person has nobody, and what would help."""

from __future__ import annotations

from typing import Literal

from models.domain.base import Frozen
from models.domain.explanation import Change
from models.domain.result import FunnelStep, Role

WITHOUT_OPTIONS = ("no_eligible_mentor", "no_eligible_mentee", "below_quality_floor")
"""The reasons of those for whom nobody further is eligible."""

RemedyKind = Literal["waive", "lower_floor", "next_place", "recruit"]


class Segment(Frozen):
    """People of one grade, home region and profession; None where it is not on record."""

    grade: str
    region: str | None = None
    profession: str | None = None


class Scarcity(Frozen):
    """How many compete for the partners of a segment's people.

    `people` counts the segment's mentees (or mentors, by `role`) in the round. `places` are the
    places of all mentors for whom at least one of them is eligible (for mentors: the mentors
    wanted by all such mentees), and `eligible` counts everybody of that role who is eligible for
    at least one of those places, whichever their segment.
    """

    role: Role
    segment: Segment
    people: int
    places: int
    eligible: int


class Contention(Frozen):
    """What it would take to give somebody one partner more, everybody else as well as can be.

    `losses` is the optimum less the optimum in which this person has one partner more, by level,
    and `change` who would move; both are None where the cheapest change would break a limit that
    is no part of the network. `competing` are the others of the same role who hold the places
    within reach: those of every eligible partner, those that their holders may have instead, and
    so on to the end; empty where these are many. Then `scarcity` tells of the person's segment.
    """

    losses: dict[str, int] | None = None
    change: Change | None = None
    competing: tuple[str, ...] = ()
    scarcity: Scarcity | None = None


class Remedy(Frozen):
    """One thing that gives somebody one partner more in every best answer, whatever the lottery.

    `waive`: these `rules`, for this person alone. `lower_floor`: `floor` in whole points, for
    this person alone. `next_place`: one more place with `mentor`. `recruit`: one more mentor (for
    a mentor: one more mentee) of a `segment`. `partner` is whom the person would have, None where
    that is the recruit; `gains` is what the round would gain at each level, and `instead` lists
    those of the same role who would have fewer partners than now.
    """

    kind: RemedyKind
    because: str
    gains: dict[str, int]
    partner: str | None = None
    instead: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    floor: int | None = None
    mentor: str | None = None
    segment: Segment | None = None


class WhyUnmatched(Frozen):
    """Why somebody has nobody, or fewer than they want, and everything that would help.

    `waivers` are the smallest sets of up to two rules without which somebody eligible would be
    left, where nobody is. `nearest` says what comes closest where no single remedy works.
    """

    reference: str
    role: Role
    reason: str
    because: str
    got: int = 0
    wanted: int = 1
    funnel: tuple[FunnelStep, ...] = ()
    waivers: tuple[tuple[str, ...], ...] = ()
    contention: Contention | None = None
    remedies: tuple[Remedy, ...] = ()
    nearest: str = ""


class UnmatchedReport(Frozen):
    """Everybody who is left over, and how scarce partners are for each segment.

    Where `exact` is false the stored prices do not prove the result, and `note` says so: then
    nothing is said of what a change would cost or whether a remedy works.
    """

    exact: bool
    note: str = ""
    unmatched: tuple[WhyUnmatched, ...] = ()
    short: tuple[WhyUnmatched, ...] = ()
    scarcity: tuple[Scarcity, ...] = ()
