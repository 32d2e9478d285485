"""A large round with further limits: every level is relaxed, then all are decided at once.

A level's relaxation gives its bound; the next level is relaxed with the earlier ones held to
their bounds. One answer is then sought at the last level's prices. Where it reaches the
earlier bounds too, it is the optimum of every level, and each is certified or proved by the
engine that closed the gap. Where an earlier level falls short of its bound, that level is
decided by itself, and the later ones are relaxed anew with it held to its value. The tie rule
is not attempted: see the contract's `tie_rule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from solver.levels import LEVELS, TIE_RULE
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.linear import LinearFailedError
from solver.relaxation.wide import relax_wide
from solver.relaxation.wide_prices import WidePrices
from solver.relaxation.wide_round import WideRound
from solver.scoring.candidates import CandidatePairs
from solver.search.clock import Clock
from solver.search.close_gap import (
    close_gap,
    has_earlier_values,
    keeps_limits,
    lowest_value,
    values_of,
)
from solver.search.first_answer import NoAnswerError
from solver.search.promising import hold_promising
from solver.search.state import OnAnswer
from solver.search.wide_conflict import wide_conflict

ENGINE = "highs"


def solve_together(
    wide: WideRound,
    answer: Answer,
    clock: Clock,
    on_answer: OnAnswer,
    stored: Sequence[WidePrices] = (),
) -> Answer:
    """The best answer found at all levels but the tie rule, with the bounds proved of each.

    `stored` are prices that are nearly right, one for each level: where they do to prove the
    answer, nothing is relaxed. Raises `NoAnswerError` where none keeps every limit, or none was
    found.
    """
    search = _Search(wide, answer, clock, on_answer)
    # Where a programme fails nothing more can be proved; what is in hand stands as it is.
    with suppress(LinearFailedError):
        if not (stored and search.closes_with(stored)):
            hold_promising(wide, search.levels)
            search.run()
    if not search.is_valid:
        raise NoAnswerError
    return search.told()


def close_with(
    wide: WideRound,
    answer: Answer,
    clock: Clock,
    on_answer: OnAnswer,
    stored: Sequence[WidePrices],
) -> tuple[Answer, bool]:
    """The same as far as these prices go: nothing is relaxed, what they do not prove is open.

    With it comes whether the answer keeps every limit; where none was found it does not.
    """
    search = _Search(wide, answer, clock, on_answer)
    search.closes_with(stored)
    return search.told(), search.is_valid


class _Search:
    """What is known of the levels: prices, the values they are held to, and the best answer.

    `proofs` are the values, up to its own, with which the engine proved a level.
    """

    def __init__(self, wide: WideRound, answer: Answer, clock: Clock, on_answer: OnAnswer) -> None:
        self.is_valid = keeps_limits(wide, answer.pairs)
        self._wide, self._clock, self._on_answer = wide, clock, on_answer
        self.levels = [LEVELS[s.name] for s in answer.levels if s.name != TIE_RULE]
        self._answer = answer
        self._opening = {stand.name: stand for stand in answer.levels}
        self._values = values_of(wide, self.levels, answer.pairs)
        self._relaxed: list[WidePrices] = []
        self._targets: dict[str, int] = {}
        self._proofs: dict[str, tuple[int, ...]] = {}
        self._to_the_end = False

    def closes_with(self, stored: Sequence[WidePrices]) -> bool:
        """Whether an answer is proved best under prices that somebody had, or time is over."""
        for prices in stored:
            self._take_prices(prices)
        if self._first_short(len(self.levels) - 1) is None and self._is_proved:
            return True
        self._relaxed = []
        return self._clock.has_run_out()

    def run(self) -> None:
        """Relaxes and decides until no level is short of what it is held to, or time is over."""
        while True:
            short = self._relax()
            if short is not None and not self._to_the_end:
                self._to_the_end, self._relaxed = True, []
                continue
            if short is None:
                short = self._first_short(len(self.levels) - 1)
            if short is None or not self._settle(max(short, len(self._targets))):
                return

    def _settle(self, first: int) -> bool:
        """Decides one level after the other by itself, until one has less than it was held to.

        The levels after that one have to be relaxed anew. False where nothing new is known.
        """
        before = len(self._targets)
        for prices in self._relaxed[:first]:
            self._targets.setdefault(prices.level.name, prices.bound)
        for place in range(first, min(len(self._relaxed), len(self.levels) - 1)):
            if self._first_short(place) is not None:
                return False
            held_to = self._relaxed[place].bound
            self._targets[self.levels[place].name] = self._values[place]
            if self._values[place] < held_to:
                del self._relaxed[place + 1 :]
                break
        return len(self._targets) > before

    def told(self) -> Answer:
        """The best answer, with every level's bound, and what proves it."""
        answer, values = self._answer, self._values
        for place, level in enumerate(self.levels):
            (stand,) = (stand for stand in answer.levels if stand.name == level.name)
            if self._proofs.get(level.name) == values[: place + 1]:
                engine = ENGINE if values[place] < stand.bound else None
                stand = replace(stand, bound=values[place], solved=True, engine=engine)
                answer = answer.with_level(stand, answer.pairs)
        levels = (
            replace(stand, attempted=False) if stand.name == TIE_RULE else stand
            for stand in answer.levels
        )
        return replace(answer, levels=tuple(levels))

    def _relax(self) -> int | None:
        """Prices for the levels that have none; the level that cannot be held to its value."""
        for place in range(len(self._relaxed), len(self.levels)):
            level, is_last = self.levels[place], place == len(self.levels) - 1
            rows = [(p.level, self._targets.get(p.level.name, p.bound)) for p in self._relaxed]
            to_the_end = is_last or self._to_the_end
            lowest, begun = lowest_value(self._wide, level), self._clock.seconds_left()
            prices = relax_wide(
                self._wide, level, rows, self._clock.has_run_out, to_the_end, lowest
            )
            if prices.bound < lowest:
                if place:
                    return place - 1
                seconds = begun - self._clock.seconds_left()
                raise NoAnswerError(wide_conflict(self._wide, level, self._clock, seconds))
            self._take_prices(prices)
        return None

    def _take_prices(self, prices: WidePrices) -> None:
        """Keeps the next level's prices."""
        self._relaxed.append(prices)
        name = prices.level.name
        stand = LevelStand(name, prices.published(self._wide.problem), prices.bound)
        # Cut short, a relaxation may prove less than the simple prices of the beginning.
        stand = min(self._opening[name], stand, key=lambda known: known.bound)
        self._answer = self._answer.with_level(stand, self._answer.pairs)
        if self.is_valid:
            self._on_answer(name, self._answer)

    @property
    def _is_proved(self) -> bool:
        """Whether no level has a better value, given those before it."""
        return all(
            prices.bound == value or self._proofs.get(level.name) == self._values[: place + 1]
            for place, (level, value, prices) in enumerate(
                zip(self.levels, self._values, self._relaxed, strict=True)
            )
        )

    def _first_short(self, place: int) -> int | None:
        """Seeks a better answer at a level; the first level before it that falls short, if any.

        Where no answer is found at all, that is the very first.
        """
        prices = self._relaxed[place]
        in_hand = self._answer.pairs
        attained = self.is_valid and has_earlier_values(self._wide, prices, in_hand)
        closed = close_gap(self._wide, prices, in_hand if attained else None, self._clock)
        if closed is None:
            return 0
        values = values_of(self._wide, self.levels, closed.pairs)
        self._take(closed.pairs, values)
        short = next((k for k, (_, v) in enumerate(prices.rows) if values[k] < v), None)
        for k, known in enumerate(self._relaxed[: place + 1 if short is None else short]):
            if values[k] == known.bound or (k == place and closed.proved):
                self._proofs[known.level.name] = values[: k + 1]
        return short

    def _take(self, pairs: CandidatePairs, values: tuple[int, ...]) -> None:
        """Keeps the answer if it is better than the one in hand."""
        if self.is_valid and values <= self._values:
            return
        self.is_valid, self._values = True, values
        self._answer = replace(self._answer, pairs=pairs)
        self._on_answer(self.levels[len(self._relaxed) - 1].name, self._answer)
