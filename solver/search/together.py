"""A large round with further limits: every level is relaxed, then all are decided at once.

A level's relaxation gives its bound; the next level is relaxed with the earlier ones held to
their bounds. One answer is then sought at the last level's prices. Where it reaches the
earlier bounds too, it is the optimum of every level, and each is certified or proved by the
engine that closed the gap. Where an earlier level falls short of its bound, that level is
decided by itself, and the later ones are relaxed anew with it held to its value. The tie rule
is not attempted: see the contract's `tie_rule`.
"""

from __future__ import annotations

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
from solver.search.state import OnAnswer
from solver.search.wide_conflict import wide_conflict

ENGINE = "highs"


def solve_together(wide: WideRound, answer: Answer, clock: Clock, on_answer: OnAnswer) -> Answer:
    """The best answer found at all levels but the tie rule, with the bounds proved of each.

    Raises `NoAnswerError` where none keeps every limit, or none was found.
    """
    search = _Search(wide, answer, clock, on_answer)
    # Where a programme fails nothing more can be proved; what is in hand stands as it is.
    with suppress(LinearFailedError):
        search.run()
    if not search.is_valid:
        raise NoAnswerError
    return search.told()


class _Search:
    """What is known of the levels: prices, the values they are held to, and the best answer.

    `proofs` are the values, up to its own, with which the engine proved a level.
    """

    def __init__(self, wide: WideRound, answer: Answer, clock: Clock, on_answer: OnAnswer) -> None:
        self.is_valid = keeps_limits(wide, answer.pairs)
        self._wide, self._clock, self._on_answer = wide, clock, on_answer
        self._levels = [LEVELS[s.name] for s in answer.levels if s.name != TIE_RULE]
        self._answer = answer
        self._opening = {stand.name: stand for stand in answer.levels}
        self._values = values_of(wide, self._levels, answer.pairs)
        self._relaxed: list[WidePrices] = []
        self._targets: dict[str, int] = {}
        self._proofs: dict[str, tuple[int, ...]] = {}
        self._to_the_end = False

    def run(self) -> None:
        """Relaxes and decides until no level is short of what it is held to, or time is over."""
        while True:
            short = self._relax()
            if short is not None and not self._to_the_end:
                self._to_the_end, self._relaxed = True, []
                continue
            if short is None:
                short = self._first_short(len(self._levels) - 1)
            if short is None or not self._settle(max(short, len(self._targets))):
                return

    def _settle(self, first: int) -> bool:
        """Decides one level after the other by itself, until one has less than it was held to.

        The levels after that one have to be relaxed anew. False where nothing new is known.
        """
        before = len(self._targets)
        for prices in self._relaxed[:first]:
            self._targets.setdefault(prices.level.name, prices.bound)
        for place in range(first, min(len(self._relaxed), len(self._levels) - 1)):
            if self._first_short(place) is not None:
                return False
            held_to = self._relaxed[place].bound
            self._targets[self._levels[place].name] = self._values[place]
            if self._values[place] < held_to:
                del self._relaxed[place + 1 :]
                break
        return len(self._targets) > before

    def told(self) -> Answer:
        """The best answer, with every level's bound, and what proves it."""
        answer, values = self._answer, self._values
        for place, level in enumerate(self._levels):
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
        for place in range(len(self._relaxed), len(self._levels)):
            level, is_last = self._levels[place], place == len(self._levels) - 1
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
            self._relaxed.append(prices)
            stand = LevelStand(level.name, prices.published(self._wide.problem), prices.bound)
            # Cut short, a relaxation may prove less than the simple prices of the beginning.
            stand = min(self._opening[level.name], stand, key=lambda known: known.bound)
            self._answer = self._answer.with_level(stand, self._answer.pairs)
            if self.is_valid:
                self._on_answer(level.name, self._answer)
        return None

    def _first_short(self, place: int) -> int | None:
        """Seeks a better answer at a level; the first level before it that falls short, if any.

        Where no answer is found at all, that is the very first.
        """
        prices = self._relaxed[place]
        attained = self.is_valid and has_earlier_values(self._wide, prices, self._answer.pairs)
        closed = close_gap(self._wide, prices, attained, self._clock)
        if closed is None:
            return 0
        values = values_of(self._wide, self._levels, closed.pairs)
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
        self._on_answer(self._levels[len(self._relaxed) - 1].name, self._answer)
