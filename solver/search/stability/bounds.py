"""What the round without stability proves: no stable answer is better than the best of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from models.domain.problem import Problem
from solver.levels import LEVELS, TIE_RULE
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.binding_groups import side_groups
from solver.relaxation.network import Network, network_value
from solver.relaxation.outside import Outside
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs
from solver.search.as_network import solve_as_network
from solver.search.clock import Clock
from solver.search.find import find_answer
from solver.search.first_answer import NoAnswerError
from solver.search.state import SearchState

SHARE_OF_TIME = 0.3
"""Of the time that is left: for the round without stability."""


class Bounds:
    """A stand for each level, from the best answer of all, and from the best of each level alone.

    Raises `NoAnswerError` where it is proved that there is no answer, stable or not. `best` is
    the best answer of all, None where none was found in time.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Rules,
        network: Network,
        clock: Clock,
        opening: Sequence[LevelStand],
    ) -> None:
        self._problem, self._rules, self._network, self._clock = problem, rules, network, clock
        self._alone = {stand.name: stand for stand in opening}
        self.best = self._solved()
        self._values: dict[str, int] = {}
        if self.best is not None:
            for stand in self.best.levels:
                level = LEVELS[stand.name]
                value = network_value(problem, network, level, self.best.pairs)
                self._values[stand.name] = value

    def look_at_each_level(self, pairs: CandidatePairs) -> None:
        """Relaxes each level by itself as a network over all candidate pairs; not the tie rule."""
        for name in self._problem.policy.levels:
            if name == TIE_RULE:
                continue
            state = SearchState(
                self._problem,
                self._rules,
                self._network,
                side_groups((), pairs),
                pairs,
                Outside(None),
            )
            nobody = np.zeros(len(pairs), dtype=np.bool_)
            start = Answer(pairs.where(nobody), tuple(self._alone.values()))
            relaxed = solve_as_network(state, LEVELS[name], nobody, start, _nobody_told)
            prices = state.proof.add_level(LEVELS[name], relaxed.own)
            bound = state.value(LEVELS[name], relaxed.standing)
            alone = LevelStand(name, prices, bound)
            self._alone[name] = min(self._alone[name], alone, key=lambda stand: stand.bound)

    def stands(self, values: Mapping[str, int]) -> tuple[LevelStand, ...]:
        """A stand for each level of an answer with these values.

        The prices of the best answer prove what they prove where the levels before have the
        values that they have there.
        """
        found, is_as_good = [], self.best is not None
        by_name = {stand.name: stand for stand in self.best.levels} if self.best else {}
        for name in self._problem.policy.levels:
            options = [self._alone[name], *([by_name[name]] if is_as_good else [])]
            stand = min(options, key=lambda option: option.bound)
            found.append(replace(stand, solved=False, engine=None, attempted=True))
            is_as_good = is_as_good and values.get(name) == self._values[name]
        return tuple(found)

    def _solved(self) -> Answer | None:
        clock = Clock(SHARE_OF_TIME * self._clock.seconds_left())
        try:
            return find_answer(self._problem, self._rules, self._network, clock, _nobody_told)
        except NoAnswerError as error:
            if error.conflict:
                raise
            return None


def _nobody_told(level: str, so_far: Answer) -> None:
    """What is found without stability is no answer."""
