"""The solver's own view of a problem, for tests of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.domain.problem import Problem
from solver.levels import LEVELS, Level
from solver.relaxation.binding_groups import side_groups, side_limits
from solver.relaxation.face import Face, whole_face
from solver.relaxation.network import Network, lay_network
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray, IntArray
from solver.rulebook import Rules, choose_rules
from solver.scoring.scoreboard import CandidatePairs, score_pairs
from solver.search.greedy import greedy_answer
from tests.strategies import a_small_round


@dataclass(frozen=True)
class World:
    """A problem with its rules, candidate pairs, network and further limits."""

    problem: Problem

    @cached_property
    def rules(self) -> Rules:
        return choose_rules(self.problem.policy)

    @cached_property
    def levels(self) -> list[Level]:
        return [LEVELS[name] for name in self.problem.policy.levels]

    @cached_property
    def pairs(self) -> CandidatePairs:
        return score_pairs(self.problem, self.rules)

    @cached_property
    def network(self) -> Network:
        return lay_network(self.problem, self.rules, self.levels)

    @cached_property
    def groups(self) -> SideGroups:
        return side_groups(side_limits(self.problem, self.rules), self.pairs)

    @cached_property
    def face(self) -> Face:
        """The face before the first level."""
        return whole_face(self.network, self.pairs, len(self.groups))

    @cached_property
    def greedy(self) -> BoolArray:
        """A feasible answer as a mask of all pairs."""
        return greedy_answer(self.problem, self.rules, self.pairs)

    def gains(self, level: str) -> IntArray:
        """What each candidate pair gains at a level."""
        pairs = self.pairs
        return LEVELS[level].pair_gains(self.problem, pairs.mentors, pairs.mentees, pairs.points)

    def standing(self, *made: tuple[str, str]) -> BoolArray:
        """The pairs of these references as a mask of all."""
        wanted = set(made)
        return np.array([pair in wanted for pair in self.names], dtype=np.bool_)

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """The references of each candidate pair."""
        mentors, mentees = self.problem.mentors, self.problem.mentees
        return [
            (mentors[m].reference, mentees[e].reference)
            for m, e in zip(self.pairs.mentors, self.pairs.mentees, strict=True)
        ]

    def made(self, standing: BoolArray) -> list[tuple[str, str]]:
        """The references of the pairs that stand, sorted."""
        return sorted(self.names[place] for place in np.flatnonzero(standing))


def network_seeds(below: int) -> list[int]:
    """The small random rounds whose limits are a network: no other limit can bind."""
    return [seed for seed in range(below) if not len(World(a_small_round(seed)).groups)]
