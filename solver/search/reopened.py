"""A large round with further limits whose result is known, asked what one more pin would change.

All that does not depend on the pin is worked out once. A pin moves few prices: a pair that
loses much under the stored ones, and neither of whose people becomes cheaper, still loses as
much, so most pairs need not be looked at again, and no bound and no proof is the weaker for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.domain.certificate import Prices
from models.domain.participant import Pair
from solver.levels import LEVELS, TIE_RULE
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.binding_groups import side_limits
from solver.relaxation.stored_prices import hold_as_stored, settled
from solver.relaxation.wide_prices import WidePrices, reduced_gains
from solver.relaxation.wide_round import WideRound
from solver.rule import BoolArray, IntArray
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, joined
from solver.search.clock import Clock
from solver.search.close_gap import value_of
from solver.search.from_start import brought_up, pairs_of
from solver.search.messages import Start
from solver.search.nearby import mended
from solver.search.state import OnAnswer
from solver.search.together import close_with

LOOKED_AT_EACH = 12
"""So many pairs for each person, on the average, are looked at whatever is asked."""

MOST_GROWTHS = 4
"""So often the pairs of people who become cheaper are taken in; then all pairs are."""


class NothingStoredError(ValueError):
    """The stored prices prove nothing of this round."""


@dataclass(frozen=True)
class _Level:
    """A level's prices without any further pin, and the reduced gain of every pair under them."""

    prices: WidePrices
    reduced: IntArray


class ReopenedRound:
    """A round with what is known of it; raises `NothingStoredError` where that is nothing."""

    def __init__(self, wide: WideRound, rules: Rules, start: Start, clock: Clock) -> None:
        self._wide, self._rules = wide, rules
        levels = [LEVELS[name] for name in wide.problem.policy.levels if name != TIE_RULE]
        found = brought_up(wide, start, levels, clock)
        if not found:
            raise NothingStoredError
        self._every = joined(*wide.blocks)
        self._levels = [_Level(p, reduced_gains(wide, p, self._every)) for p in found]
        self._stood, _ = pairs_of(wide, start.pairs)
        self._gap = found[-1].bound - value_of(wide, levels[-1], self._stood)
        last = self._levels[-1].reduced
        wanted = len(last) - LOOKED_AT_EACH * wide.network.nodes
        self._least = int(np.partition(last, wanted)[wanted]) if wanted > 0 else None
        gaining = [level.reduced > 0 for level in self._levels]
        near = last >= (last.min(initial=0) if self._least is None else self._least)
        self._near: BoolArray = np.logical_or.reduce([near, *gaining])

    def pinned(self, pin: Pair, clock: Clock, on_answer: OnAnswer) -> tuple[Answer, bool]:
        """The best answer with one pin more, as far as it can be told, and whether it is one.

        What is not proved under the stored prices of the limits is left open. Where no answer is
        found that keeps the limits, the levels' bounds are true all the same.
        """
        problem = self._wide.problem.with_pin(pin)
        network = self._wide.network
        mentor, mentee = problem.mentor_at[pin.mentor], problem.mentee_at[pin.mentee]
        network = replace(
            network,
            pinned_mentors=np.append(network.pinned_mentors, np.int32(mentor)),
            pinned_mentees=np.append(network.pinned_mentees, np.int32(mentee)),
        )
        is_pin = (self._every.mentors == mentor) & (self._every.mentees == mentee)
        wide = replace(
            self._wide,
            problem=problem,
            network=network,
            limits=side_limits(problem, self._rules),
            pairs=joined(),
            known=[],
        )
        looked_at = is_pin | self._near
        stored = list[WidePrices]()
        self._look_at(wide, looked_at)
        hold_as_stored(wide, self._levels[-1].prices)
        for level in self._levels:
            rows = [(prices.level, prices.bound) for prices in stored]
            prices, looked_at = self._settled(
                wide, replace(level.prices, rows=rows), level, looked_at
            )
            stored.append(prices)
        hold_as_stored(wide, stored[-1])
        nobody = np.zeros(network.nodes, dtype=np.bool_)
        found = mended(wide, stored[-1], self._stood, nobody, clock, self._gap)
        answer = _opening(wide, stored, found)
        return close_with(wide, answer, clock, on_answer, stored)

    def _look_at(self, wide: WideRound, looked_at: BoolArray) -> None:
        """Leaves all other pairs out: they neither gain nor lose little."""
        wide.blocks = [self._every.where(looked_at)]
        wide.left_out_lose = None
        if self._least is not None and not looked_at.all():
            wide.left_out_lose = -self._least // self._levels[-1].prices.own.scale

    def _settled(
        self, wide: WideRound, prices: WidePrices, level: _Level, looked_at: BoolArray
    ) -> tuple[WidePrices, BoolArray]:
        """The level's prices with the pin, and a mask of the pairs that had to be looked at."""
        for growth in range(MOST_GROWTHS + 1):
            if growth == MOST_GROWTHS:
                looked_at = np.ones_like(looked_at)
            self._look_at(wide, looked_at)
            found = settled(wide, prices)
            cheaper = _cheaper(wide, level.prices, found)
            every = self._every
            more = cheaper[every.mentees] | cheaper[every.mentors + np.int32(wide.network.mentees)]
            more &= ~looked_at
            if not more.any():
                break
            looked_at = looked_at | more
        return found, looked_at


def _cheaper(wide: WideRound, before: WidePrices, after: WidePrices) -> BoolArray:
    """A mask of nodes: no pair of two others is dearer to leave out than it was.

    What all mentees' prices fall by while all mentors' rise by it makes no difference.
    """
    people = wide.network.mentees
    fall = before.own.nodes - after.own.nodes
    shift = int(np.median(fall[people:])) if len(fall) > people else 0
    cheaper: BoolArray = np.append(fall[:people] + shift, fall[people:] - shift) > 0
    return cheaper


def _opening(wide: WideRound, stored: Sequence[WidePrices], pairs: CandidatePairs | None) -> Answer:
    """The answer in hand with what the prices prove; the tie rule is not attempted."""
    names = wide.problem.policy.levels
    stands = [LevelStand(p.level.name, p.published(wide.problem), p.bound) for p in stored]
    stands += [LevelStand(n, Prices(), 0, attempted=False) for n in names if n == TIE_RULE]
    return Answer(joined() if pairs is None else pairs, tuple(stands))
