"""The search from end to end, as it runs in its own process: from a problem to an answer."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.relaxation.answer import Answer, opening_stands
from solver.relaxation.network import Network
from solver.relaxation.outside import Outside, first_held
from solver.relaxation.side_limits import limited_pairs, side_groups
from solver.rulebook import Rules
from solver.scoring.scoreboard import candidate_blocks, joined
from solver.search.clock import Clock
from solver.search.greedy import greedy_answer
from solver.search.levels import solve_levels
from solver.search.state import OnAnswer, SearchState

HOLD_ALL_BELOW = 1_000_000
"""So many candidate pairs are all held; of more, pricing finds those that matter."""


def find_answer(
    problem: Problem,
    rules: Rules,
    network: Network,
    clock: Clock,
    on_answer: OnAnswer,
) -> Answer:
    """The best answer that can be found and proved, level by level, on the round's network.

    `on_answer` is told of each answer on the way, better or not, with the level being solved,
    so that whoever has to stop the search always has one in hand.
    """
    levels = [LEVELS[name] for name in problem.policy.levels]
    blocks = list(candidate_blocks(problem, rules))
    groups = side_groups(problem, rules, joined(*limited_pairs(problem, rules, blocks)))
    if len(groups) or sum(map(len, blocks)) <= HOLD_ALL_BELOW:
        pairs, outside = joined(*blocks), Outside(problem, network, [])
        groups = side_groups(problem, rules, pairs)
    else:
        pairs, outside = first_held(problem, rules, blocks), Outside(problem, network, blocks)
    standing = greedy_answer(problem, rules, pairs)
    start = Answer(pairs.where(standing), opening_stands(problem, network, pairs, levels))
    on_answer(levels[0].name, start)
    state = SearchState(problem, rules, network, groups, pairs, outside)
    return solve_levels(state, standing, start, clock, on_answer)
