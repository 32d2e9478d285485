"""The search from end to end, as it runs in its own process: from a problem to an answer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from models.domain.problem import Problem
from solver.encoding import wished_pairs
from solver.levels import LEVELS
from solver.relaxation.answer import Answer, opening_stands
from solver.relaxation.binding_groups import may_bind, side_groups, side_limits
from solver.relaxation.face import FULL, whole_face
from solver.relaxation.network import Network
from solver.relaxation.outside import Outside, first_held
from solver.relaxation.wide_round import WideRound
from solver.rule import BoolArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.columns import START_COLUMNS, best_for_both
from solver.scoring.scoreboard import CandidatePairs, candidate_blocks, cells, joined
from solver.scoring.screen import Screen
from solver.search.clock import Clock
from solver.search.close_gap import keeps_limits
from solver.search.first_answer import any_answer, check_places
from solver.search.from_start import solve_from
from solver.search.greedy import greedy_answer
from solver.search.levels import solve_levels
from solver.search.messages import Start
from solver.search.reopened import NothingStoredError, ReopenedRound
from solver.search.state import OnAnswer, SearchState
from solver.search.together import solve_together

SCREEN_ABOVE = 3_000_000
"""Where no more pairs of any kind are looked at, all candidates are held; of more, pricing finds
those that matter."""


WIDE_FROM = 20_000
"""Up to so many candidate pairs are held whatever the limits, and CP-SAT decides each level."""


def find_answer(
    problem: Problem,
    rules: Rules,
    network: Network,
    clock: Clock,
    on_answer: OnAnswer,
    known: Start | None = None,
) -> Answer:
    """The best answer that can be found and proved, level by level, on the round's network.

    `known` is what is known of a round like it; it saves time, and is never believed.
    `on_answer` is told of each answer on the way, better or not, with the level being solved,
    so that whoever has to stop the search always has one in hand.
    """
    check_places(problem, network)
    limits = side_limits(problem, rules)
    screen = Screen(problem, rules) if cells(problem, rules) > SCREEN_ABOVE else None
    if screen and all(limit.is_plain for limit in limits) and not may_bind(limits, screen):
        pairs, outside = first_held(screen), Outside(screen)
    else:
        blocks = list(candidate_blocks(problem, rules))
        if _is_wide(limits, blocks):
            wide = WideRound(problem, network, limits, blocks)
            return _find_wide(wide, rules, clock, on_answer, known)
        pairs, outside = joined(*blocks), Outside(None)
    state = SearchState(problem, rules, network, side_groups(limits, pairs), pairs, outside)
    standing = any_answer(state, greedy_answer(problem, rules, pairs), clock)
    start = _start(problem, network, pairs, standing)
    on_answer(start.levels[0].name, start)
    return solve_levels(state, standing, start, clock, on_answer)


def may_be_wide(problem: Problem, rules: Rules) -> bool:
    """Whether a round is perhaps too large, under limits too intricate, to hold all its pairs."""
    intricate = any(not limit.is_plain for limit in side_limits(problem, rules))
    return intricate and cells(problem, rules) > WIDE_FROM


def reopen(
    problem: Problem, rules: Rules, network: Network, start: Start, clock: Clock
) -> ReopenedRound | None:
    """A large round with further limits, to be asked about; None for any other, and where what is
    known of it proves nothing."""
    limits, blocks = side_limits(problem, rules), list(candidate_blocks(problem, rules))
    if not _is_wide(limits, blocks):
        return None
    with suppress(NothingStoredError):
        return ReopenedRound(WideRound(problem, network, limits, blocks), rules, start, clock)
    return None


def _find_wide(
    wide: WideRound, rules: Rules, clock: Clock, on_answer: OnAnswer, known: Start | None
) -> Answer:
    """The search of a round that holds few of its pairs, though its limits are no network."""
    every = joined(*wide.blocks)
    pinned = whole_face(wide.network, every, 0).state == FULL
    pinned |= wished_pairs(wide.problem)(every.mentors, every.mentees) > 0
    first = every.where(best_for_both(every, every.points, START_COLUMNS) | pinned)
    greedy = greedy_answer(wide.problem, rules, first, looked_at=START_COLUMNS)
    start = _start(wide.problem, wide.network, first, greedy)
    is_valid = keeps_limits(wide, start.pairs)
    if is_valid:
        on_answer(start.levels[0].name, start)
    if known is not None:
        return solve_from(wide, known, start, is_valid, clock, on_answer)
    return solve_together(wide, start, clock, on_answer)


def _start(
    problem: Problem, network: Network, pairs: CandidatePairs, standing: BoolArray
) -> Answer:
    """An answer, as a mask of the pairs, with the levels' opening bounds."""
    levels = [LEVELS[name] for name in problem.policy.levels]
    stands = opening_stands(problem, network, pairs, levels)
    return Answer(pairs.where(standing), stands)


def _is_wide(limits: Sequence[KeyedLimit], blocks: Sequence[CandidatePairs]) -> bool:
    """Whether there are too many pairs, under limits too intricate, to hold them all."""
    if sum(map(len, blocks)) <= WIDE_FROM:
        return False
    return any(not limit.is_plain for limit in limits)
