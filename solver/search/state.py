"""What a search knows while it goes from level to level: pairs held, the face, the proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from models.domain.problem import Problem
from solver.levels import LEVELS, Level
from solver.relaxation.answer import Answer
from solver.relaxation.face import FREE, whole_face
from solver.relaxation.linear import ValueRow
from solver.relaxation.network import Network, network_value
from solver.relaxation.outside import Outside
from solver.relaxation.proof import OwnPrices, Proof
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray, IntArray
from solver.rulebook import Rules
from solver.scoring.columns import start_columns
from solver.scoring.scoreboard import CandidatePairs, joined
from solver.search.decide import Decision, on_face
from solver.search.draft import Reduced

OnAnswer = Callable[[str, Answer], None]


@dataclass(frozen=True)
class Solved:
    """One level's answer on its face: prices, reduced gains, what it loses against its bound.

    `standing` is a mask of the pairs held; `decided` is whether CP-SAT chose it.
    """

    standing: BoolArray
    own: OwnPrices
    reduced: Reduced
    loss: int = 0
    proved: bool = True
    decided: bool = False


class SearchState:
    """The search of one round so far. Answers are masks of the pairs held.

    `active` numbers the groups that some answer has been seen to break, and those that do more
    than count pairs; `kept` and `rows`
    are the levels whose value falls short of their bound, for CP-SAT and for the linear
    programme.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Rules,
        network: Network,
        groups: SideGroups,
        pairs: CandidatePairs,
        outside: Outside,
    ) -> None:
        self.problem = problem
        self.network = network
        self.groups = groups
        self.pairs = pairs
        self.outside = outside
        self.proof = Proof(problem, rules, network, groups)
        self.face = whole_face(network, pairs, len(groups))
        # Pricing finds what is missing, so that every level may begin with the same few pairs.
        self.held = start_columns(pairs, pairs.points)
        self.active: IntArray = np.flatnonzero(~groups.counts_pairs & ~groups.loose)
        self.kept: list[tuple[Reduced, int]] = []
        self.rows: list[ValueRow] = []

    def hold(self, more: CandidatePairs) -> None:
        """Takes in pairs that were not held; what is known of the others stays as it is."""
        if not len(more):
            return
        self.pairs = joined(self.pairs, more)
        self.held = np.append(self.held, np.ones(len(more), dtype=np.bool_))
        state = np.append(self.face.state, np.full(len(more), FREE, dtype=np.int8))
        self.face = replace(self.face, pairs=self.pairs, state=state)

    def along(self, standing: BoolArray) -> BoolArray:
        """An answer as a mask of all the pairs that are held by now."""
        more = len(self.pairs) - len(standing)
        return np.append(standing, np.zeros(more, dtype=np.bool_)) if more else standing

    def gains(self, level: Level, pairs: CandidatePairs) -> IntArray:
        """What each pair gains at a level."""
        return level.pair_gains(self.problem, pairs.mentors, pairs.mentees, pairs.points)

    def segment_gains(self, level: Level) -> IntArray:
        """What a place of each segment gains at a level."""
        return self.network.segments.gains[level.name]

    def value(self, level: Level, standing: BoolArray) -> int:
        """An answer's value at a level."""
        return network_value(self.problem, self.network, level, self.pairs.where(standing))

    def is_feasible(self, standing: BoolArray) -> bool:
        """Whether an answer on the face keeps every group and every kept level's value."""
        if len(self.groups.broken(self.face.slacks, standing)):
            return False
        return all(self.value(LEVELS[row.name], standing) == row.value for row in self.rows)

    def better(self, level: Level, found: BoolArray | None, known: BoolArray) -> BoolArray:
        """The better of a feasible answer and one that may be none, or not feasible."""
        if found is None or not self.is_feasible(found):
            return known
        return found if self.value(level, found) > self.value(level, known) else known

    def decision(self, reduced: Reduced, scale: int = 1) -> Decision:
        """What CP-SAT is asked on the present face."""
        return Decision(
            self.network, self.face, self.groups, self.active, reduced, self.kept, scale
        )

    def settle(self, level: Level, solved: Solved) -> None:
        """Narrows the face; a level short of its bound is kept at its value by a row."""
        face, reduced, gap = self.face, solved.reduced, solved.loss
        self.face = face.settle(
            reduced.pairs[face.free_places], reduced.segments, reduced.slacks, gap
        )
        if gap:
            value, gains = self.value(level, solved.standing), self.gains(level, self.pairs)
            self.rows.append(ValueRow(level.name, gains, self.segment_gains(level), value))
            self.kept.append((on_face(face, reduced, gap), gap))
        self.hold(self.outside.face(self.proof.so_far, self.pairs))
