"""What becomes of an earlier result's pairs when a round is matched again after changes."""

from __future__ import annotations

from typing import Literal

from models.domain.base import Frozen
from models.domain.participant import Pair
from models.domain.result import Check, Role

WhyGone = Literal["left", "takes_no_part", "ineligible"]


class GonePair(Pair):
    """A pair of the earlier result that can no longer stand, by itself, and why.

    `left`: somebody is not in the round any more; `takes_no_part`: somebody has no place or no
    wish in this role this time; `ineligible`: the rules of `checks` refuse the pair.
    """

    reason: WhyGone
    because: str
    checks: tuple[Check, ...] = ()


class PersonAlone(Frozen):
    """Somebody who takes part, had somebody in the earlier result and has nobody now."""

    reference: str
    role: Role


class Rematch(Frozen):
    """An earlier result's pairs in a later one; references are those of the later round.

    Every earlier pair is `unavoidable`, `kept` or `broken`. The broken could each have stood,
    but at least `least_broken` of them had to go together, for want of places or under a quota;
    None where that is not proved. So `broken_avoidable` is what the mode chose to break.
    `points` are those of the level, less the `price` that the mode pays for a pair kept.
    """

    mode: str
    unavoidable: tuple[GonePair, ...]
    kept: tuple[Pair, ...]
    broken: tuple[Pair, ...]
    least_broken: int | None
    broken_avoidable: int | None
    new: tuple[Pair, ...]
    unmatched_now: tuple[PersonAlone, ...]
    points: int
    price: int = 0


class CurvePoint(Frozen):
    """What is reached where so many earlier pairs are kept, in whole units.

    No answer that keeps as many is better at the levels before points and has more points.
    `price` is what a pair kept is paid, None where keeping comes before points; `points` are
    without it. `proved` says whether all this is proved.
    """

    price: int | None
    kept: int
    broken: int
    points: int
    proved: bool
