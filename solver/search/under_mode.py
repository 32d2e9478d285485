"""The search that a round's fairness mode asks for."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.modes import mode_of
from solver.relaxation.answer import Answer
from solver.relaxation.network import Network
from solver.rulebook import Rules
from solver.search.clock import Clock
from solver.search.find import find_answer
from solver.search.messages import Start
from solver.search.stability.find import find_stable
from solver.search.state import OnAnswer


def find_under_mode(
    problem: Problem,
    rules: Rules,
    network: Network,
    clock: Clock,
    on_answer: OnAnswer,
    known: Start | None = None,
) -> Answer:
    """The best answer, or the best stable one where the mode lets no pair block it.

    `known` is what is known of a round like it; it saves time, and is never believed.
    """
    mode = mode_of(problem.policy)
    if mode is not None and mode.is_stable:
        return find_stable(problem, rules, network, clock, on_answer, mode)
    return find_answer(problem, rules, network, clock, on_answer, known)
