"""What cannot hold together in a large round: the deletion filter on bounds and gap shells."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from models.domain.result import Collision
from solver.levels import Level
from solver.relaxation.face import FULL, whole_face
from solver.relaxation.linear import LinearFailedError
from solver.relaxation.wide import relax_wide
from solver.relaxation.wide_round import WideRound
from solver.scoring.candidates import joined
from solver.search.clock import Clock
from solver.search.close_gap import close_gap, keeps_limits, lowest_value
from solver.search.conflicts import Pins, Verdict, smallest_collision

VERDICTS_LEFT = 2
"""A verdict is begun only if there is time for so many of the longest so far."""


def wide_conflict(wide: WideRound, level: Level, clock: Clock, seconds: float) -> Collision:
    """What cannot hold together; it took so many seconds to see that something cannot.

    Nobody can be told of a conflict after the end, so no verdict is begun that could end there.
    What the pins alone keep needs none.
    """
    longest = seconds
    every = joined(*wide.blocks)

    def verdict_of(some: frozenset[str], pins: Pins) -> Verdict:
        nonlocal longest
        limits = [limit for limit in wide.limits if limit.rule in some]
        fewer = replace(wide, limits=limits, network=wide.network.with_pins(pins), known=[])
        if keeps_limits(fewer, every.where(whole_face(fewer.network, every, 0).state == FULL)):
            return "feasible"
        begun = clock.seconds_left()
        if begun < VERDICTS_LEFT * longest:
            clock.stopped("time_limit")
            return "unknown"
        found: Verdict = "unknown"
        with suppress(LinearFailedError):
            found = _verdict(fewer, level, clock)
        longest = max(longest, begun - clock.seconds_left())
        return found

    return smallest_collision(wide.problem, [limit.rule for limit in wide.limits], verdict_of)


def _verdict(wide: WideRound, level: Level, clock: Clock) -> Verdict:
    """Infeasible where the bound says so; feasible where an answer is found."""
    lowest = lowest_value(wide, level)
    prices = relax_wide(wide, level, (), clock.has_run_out, to_the_end=True, lowest=lowest)
    if prices.bound < lowest:
        return "infeasible"
    return "feasible" if close_gap(wide, prices, attained=None, clock=clock) else "unknown"
