"""The search from end to end, as it runs in its own process: from a problem to an answer."""

from __future__ import annotations

from collections.abc import Callable

from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.relaxation.answer import Answer, opening_stands
from solver.relaxation.network import lay_network
from solver.relaxation.network_levels import relax_levels
from solver.rulebook import Rules
from solver.scoring.scoreboard import score_pairs
from solver.search.decide import confirm
from solver.search.greedy import greedy_answer

OnAnswer = Callable[[str, Answer], None]


def find_answer(
    problem: Problem, rules: Rules, seconds_left: Callable[[], float], on_answer: OnAnswer
) -> Answer:
    """The best answer that can be found and proved, level by level.

    `on_answer` is told of every better answer on the way, with the level being solved, so
    that whoever has to stop the search always has one in hand.
    """
    levels = [LEVELS[name] for name in problem.policy.levels]
    pairs = score_pairs(problem, rules)
    network = lay_network(problem, rules, levels)
    start = Answer(
        greedy_answer(problem, rules, pairs), opening_stands(problem, network, pairs, levels)
    )
    on_answer(levels[0].name, start)
    relaxed, last = relax_levels(problem, network, pairs, levels, start, on_answer)
    confirm(network, last, relaxed.pairs, seconds_left())
    return relaxed
