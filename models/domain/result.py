"""The result of a run: levels, assignments with their reasons, and who was left over."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from models.domain.base import Frozen
from models.domain.by_hand import ByHand
from models.domain.certificate import Certificate
from models.domain.issue import Issue
from models.domain.participant import DroppedPin, Pair
from models.domain.stop import StopReason

RunStatus = Literal["queued", "solving", "solved", "stopped", "failed", "cancelled"]
SolveStatus = Literal["optimal", "feasible", "infeasible", "unknown"]
TieRule = Literal["lottery", "deterministic", "chosen"]
Role = Literal["mentor", "mentee"]


class LevelResult(Frozen):
    """How far one level came, in whole units.

    `proof` is `certified` (the bound follows from the certificate's prices), or `engine:`
    and the engine's name, with the certified bound beside it as `certified_bound`; empty
    where the level is not proved.
    """

    name: str
    value: int
    bound: int
    proved: bool
    proof: str = ""
    certified_bound: int | None = None


class Contribution(Frozen):
    """What one soft objective gave a pair: weight times value, and why."""

    rule: str
    weight: int
    value: int
    points: int
    max: int
    because: str


class Check(Frozen):
    """A hard rule that the pair passes, with the facts compared."""

    rule: str
    because: str


class Assignment(Frozen):
    """A pair that was made, with everything that speaks for it.

    Ranks count from 1 among all eligible options by points; equals share the best rank.
    """

    mentor: str
    mentee: str
    points: int
    contributions: tuple[Contribution, ...] = ()
    checks: tuple[Check, ...] = ()
    mentee_rank: int = 1
    mentor_rank: int = 1
    forced_by: str | None = None


class WaivedPin(Pair):
    """A pin that stands though it fails rules, with the facts that each of them compares."""

    checks: tuple[Check, ...]


class FunnelStep(Frozen):
    """Who is left after one eligibility rule, and who would come back without it alone."""

    rule: str
    left: int
    back_without: int


class Unmatched(Frozen):
    """Somebody who has nobody, or fewer than they want, and the first reason for it."""

    reference: str
    role: Role
    reason: str
    because: str
    got: int = 0
    wanted: int = 1
    funnel: tuple[FunnelStep, ...] = ()
    remedies: tuple[dict[str, Any], ...] = ()


class BlockingPair(Frozen):
    """An eligible pair that was not made, though both of the two have a place or would gain.

    `gain` is what both gain at least, over their worst present partner or over a free place.
    """

    mentor: str
    mentee: str
    points: int
    gain: int


class BlockingPairs(Frozen):
    """How many pairs block the answer, and those in which both would gain most.

    A gain of no more than `tolerance` points over a present partner does not count.
    """

    count: int = 0
    tolerance: int = 0
    worst: tuple[BlockingPair, ...] = ()


class PricedLevel(Frozen):
    """What another fairness mode reaches, and by how much it is more than the result has.

    `value` and `bound` are those of the other mode's answer of the same round, `difference` is
    the value less what the result's pairs come to by the same rules.
    """

    name: str
    value: int
    bound: int
    proved: bool
    difference: int


class FairnessPrice(Frozen):
    """The price of fairness against another mode, at the points and at the mentees matched."""

    mode: str
    levels: tuple[PricedLevel, ...]


class LoadCost(Frozen):
    """What a mentor's load costs the level of points (`balanced_load`)."""

    mentor: str
    load: int
    cost: int


class RunReport(Frozen):
    """What is known of the run itself.

    `stopped_by` says what ended the search before its end, if anything did. Only the limits of
    `SAME_EVERYWHERE` end it the same way on every machine, so a result that anything else cut
    short is not `reproducible`. `by_hand` are the pairs that planners chose afterwards; with a
    choice among equals among them `tie_rule` is `chosen`.
    """

    id: str = ""
    status: RunStatus
    solve_status: SolveStatus
    tie_salt: str
    tie_rule: TieRule
    problem_digest: str
    seconds: float
    versions: dict[str, str] = Field(default_factory=dict)
    stopped_by: StopReason | None = None
    reproducible: bool = True
    by_hand: tuple[ByHand, ...] = ()


class Collision(Frozen):
    """Rules and pins that cannot hold together in this round.

    Where the set is `minimal`, the rest can hold without any one of them.
    """

    rules: tuple[str, ...]
    pins: tuple[Pair, ...] = ()
    minimal: bool = True


class Conflict(Collision):
    """Rules and pins that cannot hold together, with the sentence that a planner is told.

    Where the set is `minimal`, the rest can hold without any one of them.
    """

    because: str


class MatchResult(Frozen):
    """Everything that a run gives back; the same byte for byte but for `id` and `seconds`.

    A round without an answer has neither levels nor assignments; where it is proved that
    there is none, `conflict` says which rules and pins are in each other's way.
    `waived_pins` stand though they fail rules; `dropped_pins` do not stand. `price_of_fairness` is
    there only where the policy names a fairness mode, and against such modes as there was time
    for; `verify` sees that it adds up, and takes the other modes' values as they are stated.
    """

    run: RunReport
    levels: tuple[LevelResult, ...]
    assignments: tuple[Assignment, ...]
    unmatched: tuple[Unmatched, ...] = ()
    short: tuple[Unmatched, ...] = ()
    load_costs: tuple[LoadCost, ...] = ()
    waived_pins: tuple[WaivedPin, ...] = ()
    dropped_pins: tuple[DroppedPin, ...] = ()
    blocking_pairs: BlockingPairs = Field(default_factory=BlockingPairs)
    price_of_fairness: tuple[FairnessPrice, ...] = ()
    issues: tuple[Issue, ...] = ()
    conflict: Conflict | None = None
    certificate: Certificate

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs that were made, without their reasons."""
        return tuple(Pair(mentor=made.mentor, mentee=made.mentee) for made in self.assignments)
