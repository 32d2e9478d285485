"""The search from end to end, as it runs in its own process: from a problem to an answer."""

from __future__ import annotations

from collections.abc import Callable

from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.relaxation.answer import Answer, opening_stands
from solver.relaxation.network import Network
from solver.relaxation.outside import Outside, first_held
from solver.relaxation.side_limits import may_bind, side_groups
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs
from solver.scoring.scoreboard import cells, score_pairs
from solver.scoring.screen import Screen
from solver.search.greedy import greedy_answer
from solver.search.levels import solve_levels
from solver.search.state import OnAnswer, SearchState

SCREEN_ABOVE = 3_000_000
"""Where no more pairs of any kind are looked at, all candidates are held; of more, pricing finds
those that matter."""


def find_answer(
    problem: Problem,
    rules: Rules,
    network: Network,
    seconds_left: Callable[[], float],
    on_answer: OnAnswer,
) -> Answer:
    """The best answer that can be found and proved, level by level, on the round's network.

    `on_answer` is told of each answer on the way, better or not, with the level being solved,
    so that whoever has to stop the search always has one in hand.
    """
    levels = [LEVELS[name] for name in problem.policy.levels]
    pairs, outside = _first_pairs(problem, rules)
    groups = side_groups(problem, rules, pairs)
    standing = greedy_answer(problem, rules, pairs)
    start = Answer(pairs.where(standing), opening_stands(problem, network, pairs, levels))
    on_answer(levels[0].name, start)
    state = SearchState(problem, rules, network, groups, pairs, outside)
    return solve_levels(state, standing, start, seconds_left, on_answer)


def _first_pairs(problem: Problem, rules: Rules) -> tuple[CandidatePairs, Outside]:
    """All candidate pairs, or those to begin with where they are many and none is limited."""
    if cells(problem, rules) > SCREEN_ABOVE:
        screen = Screen(problem, rules)
        if not may_bind(problem, rules, screen):
            return first_held(screen), Outside(screen)
    return score_pairs(problem, rules), Outside(None)
