"""A round in which nobody may block the answer, and CP-SAT at work on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model_helper as cp

from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.binding_groups import side_groups, side_limits
from solver.relaxation.face import FULL, whole_face
from solver.relaxation.network import Network, network_value
from solver.rule import BoolArray
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs
from solver.search.clock import Clock
from solver.search.conflicts import Pins, Verdict
from solver.search.draft import (
    CoefficientBudgetError,
    Core,
    Reduced,
    add_row,
    draft_model,
    hint_for,
    loss_of,
    loss_terms,
)
from solver.search.search import SearchAnswer, solved, standing_of
from solver.search.stability.clauses import add_stability
from solver.search.stability.greedy import blocking, greedy_stable
from solver.search.stability.narrow import narrow

Kept = tuple[Reduced, int]
"""A level's gains, and how much of them an answer may lose."""

MANY_UNDECIDED = 5_000
"""Where so many pairs might block an answer, several ways of searching take turns."""

WAYS = 4


class StableRound:
    """The pairs that can be in a stable answer, with everything an answer has to keep.

    Answers are masks of `pairs`.
    """

    def __init__(
        self, problem: Problem, rules: Rules, network: Network, pairs: CandidatePairs, epsilon: int
    ) -> None:
        self._problem = problem
        self._network = network
        pinned = whole_face(network, pairs, 0).state == FULL
        self._narrowed = narrow(network, pairs, epsilon, pinned)
        self.pairs = self._narrowed.pairs
        self._groups = side_groups(side_limits(problem, rules), self.pairs)
        self._face = whole_face(network, self.pairs, len(self._groups))

    @property
    def limits(self) -> list[str]:
        """What may leave no stable answer, beside pins: rules with a group that can be broken."""
        return sorted({rule for rule, _ in self._groups.names})

    def greedy(self) -> BoolArray | None:
        """The answer that takes the best pairs first, where it keeps every limit and is stable."""
        network, pairs, face = self._network, self.pairs, self._face
        standing = greedy_stable(network, pairs, face.state == FULL)
        if len(self._groups.broken(face.slacks, standing)):
            return None
        blocked = blocking(network, pairs, standing, self._narrowed.epsilon)
        return None if len(blocked) else standing

    def any_answer(
        self, clock: Clock, limits: Collection[str], pins: Pins
    ) -> tuple[Verdict, BoolArray | None]:
        """Whether a stable answer keeps these limits, by their names, and these pins; and one
        that does."""
        if clock.has_run_out():
            return "unknown", None
        some = [n for n, (rule, _) in enumerate(self._groups.names) if rule in limits]
        groups = self._groups.some(np.array(some, dtype=np.int64))
        face = whole_face(self._network.with_pins(pins), self.pairs, len(groups))
        nothing = Reduced(
            pairs=np.zeros(len(self.pairs), dtype=np.int64),
            segments=np.zeros(len(self._network.segments.node), dtype=np.int64),
            slacks=np.zeros(len(groups), dtype=np.int64),
        )
        core = replace(
            self._core(nothing),
            face=face,
            groups=groups,
            slacks=face.slacks,
            forced=self._narrowed.forced | (face.state == FULL),
        )
        try:
            draft = draft_model(core)
        except CoefficientBudgetError:
            return "unknown", None
        add_stability(draft.model, self._network, self._narrowed)
        response = solved(draft.model, clock, self._ways)
        if response.status in (cp.OPTIMAL, cp.FEASIBLE):
            return "feasible", standing_of(core, response)
        return ("infeasible" if response.status == cp.INFEASIBLE else "unknown"), None

    def value(self, level: Level, standing: BoolArray) -> int:
        """An answer's value at a level."""
        return network_value(self._problem, self._network, level, self.pairs.where(standing))

    def kept(self, level: Level, standing: BoolArray) -> Kept:
        """What holds later answers to no less than this one's value at a level."""
        gains = self._gains(level)
        return gains, loss_of(self._core(gains), standing)

    def best(
        self, level: Level, kept: Sequence[Kept], standing: BoolArray, most: int, clock: Clock
    ) -> SearchAnswer | None:
        """The best answer of a level that keeps the levels before, proved where time allows.

        `standing` is such an answer, and `most` what none exceeds. None where CP-SAT finds
        nothing as good in time, or is not trusted with numbers as large as these.
        """
        core = self._core(self._gains(level))
        loss, value = loss_of(core, standing), self.value(level, standing)
        if value == most:
            return SearchAnswer(standing, loss, proved=True)
        if clock.has_run_out():
            return None
        try:
            draft = draft_model(core)
            for gains, most_lost in kept:
                terms, offset = loss_terms(core, gains)
                add_row(draft.model, terms, -offset, most_lost - offset)
        except CoefficientBudgetError:
            return None
        filled = add_stability(draft.model, self._network, self._narrowed)
        # The bound is stated: no answer is worth more than the round without stability.
        draft.model.objective.domain[0] = loss - (most - value) - draft.offset
        hint = [*hint_for(core, standing), *filled.values(standing)]
        draft.model.solution_hint.vars.extend(range(len(hint)))
        draft.model.solution_hint.values.extend(hint)
        response = solved(draft.model, clock, self._ways)
        if response.status not in (cp.OPTIMAL, cp.FEASIBLE):
            return None
        found = standing_of(core, response)
        if loss_of(core, found) > loss:
            return None
        optimal = response.status == cp.OPTIMAL or self.value(level, found) == most
        return SearchAnswer(found, loss_of(core, found), optimal)

    @property
    def _ways(self) -> int:
        return WAYS if len(self._narrowed.undecided(self._network)) > MANY_UNDECIDED else 1

    def _core(self, objective: Reduced) -> Core:
        return Core(
            network=self._network,
            face=self._face,
            groups=self._groups,
            slacks=self._face.slacks,
            places=np.arange(len(self.pairs)),
            forced=self._narrowed.forced | (self._face.state == FULL),
            objective=objective,
        )

    def _gains(self, level: Level) -> Reduced:
        """A level's gains; pairs that stand in every answer tell none apart."""
        pairs = self.pairs
        gains = level.pair_gains(self._problem, pairs.mentors, pairs.mentees, pairs.points)
        return Reduced(
            pairs=np.where(self._narrowed.forced, 0, gains),
            segments=self._network.segments.gains[level.name],
            slacks=np.zeros(len(self._groups), dtype=np.int64),
        )
