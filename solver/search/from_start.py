"""A large round with further limits, searched from what is known of a round like it.

The stored prices are brought up to this round and the stored pairs mended. Mostly the one
proves the other best, and nothing is relaxed; where it does not, the search goes on as if
nothing had been known, from pairs that are likely to matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.domain.participant import Pair
from solver.levels import LEVELS, TIE_RULE, Level
from solver.relaxation.answer import Answer
from solver.relaxation.stored_prices import hold_as_stored, settled, stored_prices
from solver.relaxation.wide_prices import WidePrices
from solver.relaxation.wide_round import WideRound
from solver.rule import BoolArray
from solver.scoring.candidates import CandidatePairs, KnownPairs, joined
from solver.search.clock import Clock
from solver.search.close_gap import values_of
from solver.search.messages import Start
from solver.search.nearby import mended
from solver.search.state import OnAnswer
from solver.search.together import solve_together


def solve_from(
    wide: WideRound,
    start: Start,
    opening: Answer,
    is_valid: bool,
    clock: Clock,
    on_answer: OnAnswer,
) -> Answer:
    """The best answer found, with the bounds proved of each level; see `solve_together`.

    `opening` is an answer with simple prices, which keeps every limit if it `is_valid`.
    """
    levels = [LEVELS[stand.name] for stand in opening.levels if stand.name != TIE_RULE]
    stored = brought_up(wide, start, levels, clock)
    if stored:
        stood, unsettled = pairs_of(wide, start.pairs)
        found = mended(wide, stored[-1], stood, unsettled, clock)
        if found is not None and not (
            is_valid and values_of(wide, levels, found) < values_of(wide, levels, opening.pairs)
        ):
            opening = replace(opening, pairs=found)
    return solve_together(wide, opening, clock, on_answer, stored)


def pairs_of(wide: WideRound, pairs: Sequence[Pair]) -> tuple[CandidatePairs, BoolArray]:
    """Those that are candidate pairs of this round, and a mask of the nodes that lose one."""
    network, problem = wide.network, wide.problem
    mentors = np.array([problem.mentor_at.get(pair.mentor, -1) for pair in pairs], dtype=np.int32)
    mentees = np.array([problem.mentee_at.get(pair.mentee, -1) for pair in pairs], dtype=np.int32)
    known = (mentors >= 0) & (mentees >= 0)
    named = CandidatePairs(mentors[known], mentees[known], np.zeros(known.sum(), dtype=np.int32))
    every = joined(*wide.blocks)
    stood = every.where(~KnownPairs(named, network.mentees).lacks(every))
    gone = named.where(KnownPairs(stood, network.mentees).lacks(named))
    loses = np.zeros(network.nodes, dtype=np.bool_)
    loses[np.concatenate([gone.mentees, mentees[(mentees >= 0) & ~known]])] = True
    giving = np.concatenate([gone.mentors, mentors[(mentors >= 0) & ~known]])
    loses[giving + np.int32(network.mentees)] = True
    return stood, loses


def brought_up(
    wide: WideRound, start: Start, levels: Sequence[Level], clock: Clock
) -> list[WidePrices]:
    """Prices of every level for this round; none where some level's prove nothing."""
    last = start.prices.get(levels[-1].name) if levels else None
    first = last and stored_prices(wide, levels[-1], [(level, 0) for level in levels[:-1]], last)
    if not first:
        return []
    hold_as_stored(wide, first)
    found: list[WidePrices] = []
    for level in levels:
        rows = [(prices.level, prices.bound) for prices in found]
        published = start.prices.get(level.name)
        prices = published and stored_prices(wide, level, rows, published)
        if not prices:
            return []
        found.append(settled(wide, prices, clock.has_run_out))
    hold_as_stored(wide, found[-1])
    return found
