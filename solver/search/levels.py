"""All levels, one after the other, each on the face that the ones before it leave.

A level is first relaxed as a network, which leaves the further limits out. Where the answer
keeps them all the same, it is the level's optimum. Where it does not, a linear programme
prices those limits and CP-SAT decides on the core. On a round that stays a network to the
end, CP-SAT decides once, on the core of the last level.
"""

from __future__ import annotations

from dataclasses import replace

from solver.levels import LEVELS, Level
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.linear import LinearFailedError
from solver.relaxation.proof import PriceTooLargeError
from solver.relaxation.tail import smallest_list
from solver.rule import BoolArray
from solver.search.as_network import solve_as_network
from solver.search.clock import Clock
from solver.search.decide import confirm
from solver.search.state import OnAnswer, SearchState, Solved
from solver.search.with_limits import solve_with_limits

ENGINE = "cp-sat"


def solve_levels(
    state: SearchState,
    standing: BoolArray,
    answer: Answer,
    clock: Clock,
    on_answer: OnAnswer,
) -> Answer:
    """The optimum of every level in turn, or as far as time allows.

    `standing` is a feasible answer as a mask of the pairs held, `answer` the same with the
    levels' opening bounds.
    """
    for name in [stand.name for stand in answer.levels]:
        level, standing = LEVELS[name], state.along(standing)
        try:
            solved = _solved(state, level, standing, answer, clock, on_answer)
            standing = solved.standing
            answer = _with_level(state, answer, level, solved)
        except (PriceTooLargeError, LinearFailedError):
            # Perhaps solved, but nobody could check it: the levels before it stand as they are.
            return Answer(state.pairs.where(state.along(standing)), answer.levels)
        if not solved.proved:
            return answer
        on_answer(name, answer)
        state.settle(level, solved)
    standing = state.along(standing)
    if not state.kept:
        smallest = smallest_list(state.problem, state.network, state.face, standing)
        standing = smallest if state.is_feasible(smallest) else standing
    return Answer(state.pairs.where(standing), answer.levels)


def _solved(
    state: SearchState,
    level: Level,
    standing: BoolArray,
    answer: Answer,
    clock: Clock,
    on_answer: OnAnswer,
) -> Solved:
    relaxed = solve_as_network(state, level, standing, answer, on_answer)
    if not state.is_feasible(relaxed.standing):
        known = state.along(standing)
        relaxed = solve_with_limits(state, level, relaxed, known, clock)
    is_last = level.name == answer.levels[-1].name
    return _confirmed(state, relaxed, clock) if is_last and not relaxed.decided else relaxed


def _confirmed(state: SearchState, solved: Solved, clock: Clock) -> Solved:
    """CP-SAT's own answer on the core of the last level; the same value, by its own count."""
    found = confirm(state.decision(solved.reduced), solved.standing, clock)
    if found is None or not state.is_feasible(found.standing):
        return solved
    return replace(solved, standing=found.standing)


def _with_level(state: SearchState, answer: Answer, level: Level, solved: Solved) -> Answer:
    pairs = state.pairs.where(solved.standing)
    if not solved.proved:
        return Answer(pairs, answer.levels)
    # Behind a gap combined prices prove next to nothing; the opening ones are as true.
    (opening,) = (stand.prices for stand in answer.levels if stand.name == level.name)
    prices = opening if state.kept else state.proof.add_level(level, solved.own)
    value = state.value(level, solved.standing)
    engine = ENGINE if solved.loss or state.kept else None
    stand = LevelStand(level.name, prices, bound=value, solved=True, engine=engine)
    return answer.with_level(stand, pairs)
