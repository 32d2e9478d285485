"""A large round with further limits: every level is relaxed, then all are decided at once.

A level's relaxation gives its bound; the next level is relaxed with the earlier ones held to
their bounds. One answer is then sought at the last level's prices. Where it reaches the
earlier bounds too, it is the optimum of every level, and each is certified or proved by the
engine that closed the gap. The tie rule is not attempted: see the contract's `tie_rule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from solver.levels import LEVELS, Level
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.face import FULL, whole_face
from solver.relaxation.network import network_value
from solver.relaxation.side_limits import side_groups
from solver.relaxation.wide import WidePrices, WideRound, reduced_gains, relax_wide
from solver.rule import IntArray
from solver.scoring.scoreboard import CandidatePairs, joined
from solver.search.clock import Clock
from solver.search.first_answer import PINS, NoAnswerError, Verdict, smallest_conflict
from solver.search.gap_shell import finish
from solver.search.state import OnAnswer

ENGINE = "highs"
SHELL_PAIRS_EACH = 2
WIDER = 4
MOST_NODES = 2_000
"""Branching nodes of HiGHS: the same on every machine, where a clock is not."""


def solve_together(wide: WideRound, answer: Answer, clock: Clock, on_answer: OnAnswer) -> Answer:
    """The best answer found at all levels but the tie rule, with the bounds proved of each."""
    is_valid = _is_feasible(wide, answer.pairs)
    if is_valid:
        on_answer(answer.levels[0].name, answer)
    relaxed: list[WidePrices] = []
    names = [stand.name for stand in answer.levels if stand.name != "lottery"]
    for name in names:
        rows = [(prices.level, prices.bound) for prices in relaxed]
        is_last = name == names[-1]
        prices = relax_wide(wide, LEVELS[name], rows, clock.has_run_out, is_last)
        relaxed.append(prices)
        stand = LevelStand(name, prices.published(wide.problem), prices.bound)
        answer = answer.with_level(stand, answer.pairs)
        if prices.bound < _lowest(wide, LEVELS[name]):
            raise NoAnswerError(_conflict(wide, LEVELS[name], clock))
        if is_valid:
            on_answer(name, answer)
    decided = _decided(wide, relaxed, answer, clock)
    if decided is answer and not is_valid:
        raise NoAnswerError
    return _without_tie_rule(decided)


def _lowest(wide: WideRound, level: Level) -> int:
    """What no answer is worth less than; so a bound below it says that there is none."""
    gains = wide.network.segments.gains[level.name]
    return int(wide.network.segments.capacity @ np.minimum(gains, 0))


def _without_tie_rule(answer: Answer) -> Answer:
    """The answer with the tie rule's level marked as one that nobody set out to solve."""
    levels = tuple(
        replace(stand, attempted=False) if stand.name == "lottery" else stand
        for stand in answer.levels
    )
    return replace(answer, levels=levels)


def _conflict(wide: WideRound, level: Level, clock: Clock) -> list[str]:
    def verdict_of(some: set[str]) -> Verdict:
        limits = [limit for limit in wide.limits if limit.rule in some]
        network = wide.network if PINS in some else wide.network.without_pins
        fewer = replace(wide, limits=limits, network=network, known=[])
        bound = relax_wide(fewer, level, (), clock.has_run_out, to_the_end=True).bound
        return "infeasible" if bound < _lowest(wide, level) else "unknown"

    pins = [PINS] if len(wide.network.pinned_mentors) else []
    return smallest_conflict([*pins, *(limit.rule for limit in wide.limits)], verdict_of)


def _decided(
    wide: WideRound,
    relaxed: Sequence[WidePrices],
    answer: Answer,
    clock: Clock,
) -> Answer:
    last = relaxed[-1]
    every = joined(*wide.blocks)
    losses = -reduced_gains(wide, last, every)
    pinned = whole_face(wide.network, every, 0).state == FULL
    width = _first_width(wide, losses, last)
    while True:
        shell = every.where((losses <= width * last.own.scale) | pinned)
        options = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.5, "mip_max_nodes": MOST_NODES}
        found = finish(wide, last, shell, width, clock, options)
        if found is not None and _is_feasible(wide, found.pairs):
            values = [_value(wide, prices.level, found.pairs) for prices in relaxed]
            loss = last.bound - values[-1]
            met = all(v == p.bound for v, p in zip(values[:-1], relaxed, strict=False))
            proved = found.optimal and met and loss <= width
            return _told(relaxed, answer, found.pairs, values, proved)
        if clock.has_run_out() or len(shell) == len(every):
            return answer
        width *= WIDER


def _first_width(wide: WideRound, losses: IntArray, last: WidePrices) -> int:
    """A width that about so many losing pairs for each person lie within."""
    wanted = SHELL_PAIRS_EACH * wide.network.nodes
    if wanted >= len(losses):
        return int(losses.max(initial=0)) // last.own.scale + 1
    return max(1, int(np.partition(losses, wanted)[wanted]) // last.own.scale)


def _is_feasible(wide: WideRound, pairs: CandidatePairs) -> bool:
    groups = side_groups(wide.limits, pairs)
    used = np.ones(len(pairs), dtype=np.bool_)
    return not len(groups.broken(np.zeros(len(groups), dtype=np.int8), used))


def _value(wide: WideRound, level: Level, pairs: CandidatePairs) -> int:
    return network_value(wide.problem, wide.network, level, pairs)


def _told(
    relaxed: Sequence[WidePrices],
    answer: Answer,
    pairs: CandidatePairs,
    values: Sequence[int],
    proved: bool,
) -> Answer:
    answer = replace(answer, pairs=pairs)
    for prices, value in zip(relaxed, values, strict=True):
        (stand,) = (stand for stand in answer.levels if stand.name == prices.level.name)
        if value == prices.bound:
            answer = answer.with_level(replace(stand, solved=True), pairs)
        elif proved:
            solved = replace(stand, bound=value, solved=True, engine=ENGINE)
            answer = answer.with_level(solved, pairs)
    return answer
