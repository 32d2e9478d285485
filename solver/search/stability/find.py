"""The best stable answer: level by level by CP-SAT, among the pairs that can be in one.

Points of a pair are the same for both, so taking the best pairs first is stable; but where
pairs are tied, or people put up with some points less, there are many stable answers, and to
find the best of them is a hard problem. Bounds and prices are those of the round without
stability.
"""

from __future__ import annotations

from dataclasses import replace

from models.domain.problem import Problem
from solver.fairness_mode import FairnessMode
from solver.levels import LEVELS, TIE_RULE
from solver.relaxation.answer import Answer, opening_stands
from solver.relaxation.network import Network
from solver.rule import BoolArray
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, KnownPairs
from solver.scoring.scoreboard import score_pairs
from solver.search.clock import Clock
from solver.search.conflicts import smallest_collision
from solver.search.first_answer import NoAnswerError
from solver.search.stability.bounds import Bounds
from solver.search.stability.greedy import blocking
from solver.search.stability.stable_round import Kept, StableRound
from solver.search.state import OnAnswer

ENGINE = "cp-sat"

SHARE, LAST_SHARE = 0.6, 0.9
"""Of the time that is left when a level begins: for the level, and for the last one before the tie
rule. CP-SAT ends a little late on large rounds."""


def find_stable(
    problem: Problem,
    rules: Rules,
    network: Network,
    clock: Clock,
    on_answer: OnAnswer,
    mode: FairnessMode,
) -> Answer:
    """The best answer that no pair blocks, as far as time allows proved.

    Raises `NoAnswerError` where none is found; with a conflict where there is proved to be
    none: the mode, and the limits that no stable answer keeps together.
    """
    pairs, epsilon = score_pairs(problem, rules), mode.tolerance
    stable = StableRound(problem, rules, network, pairs, epsilon)
    levels = [LEVELS[name] for name in problem.policy.levels]
    opening = opening_stands(problem, network, pairs, levels)
    greedy = stable.greedy()
    if greedy is not None:
        on_answer(levels[0].name, Answer(stable.pairs.where(greedy), opening))
    bounds = Bounds(problem, rules, network, clock, opening)
    if bounds.best is not None and _is_stable(network, pairs, bounds.best.pairs, epsilon):
        return bounds.best
    standing = greedy if greedy is not None else _any_answer(problem, stable, mode, clock)
    bounds.look_at_each_level(pairs)
    return _Search(stable, bounds, clock, on_answer, problem.policy.levels).run(standing)


def _is_stable(network: Network, pairs: CandidatePairs, made: CandidatePairs, epsilon: int) -> bool:
    standing = ~KnownPairs(made, network.mentees).lacks(pairs)
    return not len(blocking(network, pairs, standing, epsilon))


def _any_answer(
    problem: Problem, stable: StableRound, mode: FairnessMode, clock: Clock
) -> BoolArray:
    every = tuple(range(len(problem.pins)))
    verdict, standing = stable.any_answer(clock, stable.limits, every)
    if standing is not None:
        return standing
    if verdict == "unknown":
        raise NoAnswerError
    found = smallest_collision(
        problem, stable.limits, lambda some, pins: stable.any_answer(clock, some, pins)[0]
    )
    raise NoAnswerError(found.model_copy(update={"rules": (mode.name, *found.rules)}))


class _Search:
    """Every level in turn, each with those before held to no less than their values."""

    def __init__(
        self,
        stable: StableRound,
        bounds: Bounds,
        clock: Clock,
        on_answer: OnAnswer,
        names: tuple[str, ...],
    ) -> None:
        self._stable, self._bounds, self._clock = stable, bounds, clock
        self._on_answer = on_answer
        self._names = names
        self._proved: list[str] = []

    def run(self, standing: BoolArray) -> Answer:
        """The best answer from one to begin with, as a mask of the stable round's pairs.

        Where a level is not proved in its share of the time, those after it are still made
        better; the tie rule is not.
        """
        kept: list[Kept] = []
        for place, name in enumerate(self._names):
            self._on_answer(name, self._answer(standing))
            so_far_proved = len(self._proved) == place
            if name == TIE_RULE and not so_far_proved:
                break
            is_last = self._names[place + 1 :] in ((), (TIE_RULE,))
            clock = self._clock.for_a_share(LAST_SHARE if is_last else SHARE)
            most = self._answer(standing).levels[place].bound
            found = self._stable.best(LEVELS[name], kept, standing, most, clock)
            standing = found.standing if found else standing
            if found and found.proved and so_far_proved:
                self._proved.append(name)
            kept.append(self._stable.kept(LEVELS[name], standing))
        return self._answer(standing)

    def _answer(self, standing: BoolArray) -> Answer:
        values = {name: self._stable.value(LEVELS[name], standing) for name in self._names}
        stands = tuple(
            replace(stand, bound=values[stand.name], solved=True, engine=ENGINE)
            if stand.name in self._proved
            else stand
            for stand in self._bounds.stands(values)
        )
        return Answer(self._stable.pairs.where(standing), stands)
