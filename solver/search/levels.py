"""All levels, one after the other, each on the face that the ones before it leave.

A level is first relaxed as a network, which leaves the further limits out. Where the answer
keeps them all the same, it is the level's optimum. Where it does not, a linear programme
prices those limits and CP-SAT decides on the core. On a round that stays a network to the
end, CP-SAT decides once, on the core of the last level.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.problem import Problem
from solver.levels import LEVELS, Level
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.face import Face, whole_face
from solver.relaxation.linear import (
    LinearRound,
    ValueRow,
    linear_prices,
    pair_reduced,
    segment_reduced,
)
from solver.relaxation.network import Network, network_value
from solver.relaxation.proof import OwnPrices, Proof
from solver.relaxation.relax import relax_level
from solver.relaxation.side_limits import SideGroup, keeps
from solver.relaxation.tail import smallest_list
from solver.rule import BoolArray, IntArray
from solver.scoring.columns import start_columns
from solver.scoring.scoreboard import CandidatePairs
from solver.search.decide import Decision, decide, on_face
from solver.search.draft import Reduced

OnAnswer = Callable[[str, Answer], None]
ENGINE = "cp-sat"


@dataclass(frozen=True)
class Solved:
    """One level's answer on its face: prices, reduced gains, what it loses against its bound."""

    standing: BoolArray
    own: OwnPrices
    reduced: Reduced
    loss: int = 0
    proved: bool = True
    decided: bool = False


class LevelSearch:
    """The search of one round: what is settled, and the best answer so far."""

    def __init__(
        self,
        problem: Problem,
        network: Network,
        groups: Sequence[SideGroup],
        pairs: CandidatePairs,
        seconds_left: Callable[[], float],
        on_answer: OnAnswer,
    ) -> None:
        self._problem = problem
        self._network = network
        self._groups = groups
        self._pairs = pairs
        self._seconds_left = seconds_left
        self._on_answer = on_answer
        self._face = whole_face(network, pairs, len(groups))
        # Pricing finds what is missing, so that every level may begin with the same few pairs.
        self._held = start_columns(pairs, pairs.points)
        self._kept: list[tuple[Reduced, int]] = []
        self._rows: list[ValueRow] = []

    def run(self, standing: BoolArray, answer: Answer) -> Answer:
        """The optimum of every level in turn, or as far as time allows.

        `standing` is a feasible answer as a mask of all candidate pairs, `answer` the same
        with the levels' opening bounds.
        """
        proof = Proof(self._problem, self._network, self._pairs, self._groups, LEVELS)
        for number, stand in enumerate(answer.levels):
            level, face = LEVELS[stand.name], self._face
            solved = self._solve(level, standing, answer)
            if number == len(answer.levels) - 1 and not solved.decided:
                solved = self._confirm(solved)
            standing = solved.standing
            if not solved.proved:
                return Answer(self._pairs.where(standing), answer.levels)
            answer = self._with_level(answer, level, solved, proof)
            self._settle(level, face, solved)
        if not self._kept:
            smallest = smallest_list(self._problem, self._network, self._face, standing)
            standing = smallest if self._is_feasible(smallest) else standing
        return Answer(self._pairs.where(standing), answer.levels)

    def _solve(self, level: Level, standing: BoolArray, so_far: Answer) -> Solved:
        relaxed = self._as_network(level, standing, so_far)
        if self._is_feasible(relaxed.standing):
            return relaxed
        return self._with_limits(level, standing)

    def _as_network(self, level: Level, standing: BoolArray, so_far: Answer) -> Solved:
        """The level's optimum on the face with every further limit left out."""
        face, network = self._face, self._network

        def on_round(used: BoolArray) -> None:
            found = face.standing(used)
            if self._is_feasible(found):
                self._on_answer(level.name, Answer(self._pairs.where(found), so_far.levels))

        gains = self._gains(level, face.free)
        held = self._held[face.free_places] | standing[face.free_places]
        priced = relax_level(network, face, level, gains, held, on_round)
        self._held[face.free_places] = priced.held
        reduced = np.zeros(len(self._pairs), dtype=np.int64)
        reduced[face.free_places] = priced.reduced
        segments = network.segments
        none = np.zeros(len(self._groups), dtype=np.int64)
        return Solved(
            standing=face.standing(priced.used),
            own=OwnPrices(priced.prices, none),
            reduced=Reduced(
                pairs=reduced,
                segments=segments.gains[level.name] + priced.prices[segments.node],
                slacks=none,
            ),
        )

    def _with_limits(self, level: Level, standing: BoolArray) -> Solved:
        """The level's optimum with every limit: prices by linear programme, then CP-SAT."""
        given = LinearRound(
            network=self._network,
            face=self._face,
            groups=self._groups,
            rows=self._rows,
            pair_gains=self._gains(level, self._pairs),
            segment_gains=self._network.segments.gains[level.name],
        )
        own = linear_prices(given, standing)
        reduced = Reduced(pair_reduced(given, own), segment_reduced(given, own), -own.groups)
        found = decide(self._decision(reduced), standing, self._seconds_left)
        return Solved(found.standing, own, reduced, found.loss, found.proved, decided=True)

    def _confirm(self, solved: Solved) -> Solved:
        """CP-SAT's own answer on the core of the last level; the same value, by its own count."""
        found = decide(self._decision(solved.reduced), solved.standing, self._seconds_left)
        if not found.proved:
            return solved
        return Solved(found.standing, solved.own, solved.reduced, found.loss, decided=True)

    def _settle(self, level: Level, face: Face, solved: Solved) -> None:
        """Narrows the face; a level short of its bound is kept at its value by a row."""
        reduced, gap = solved.reduced, solved.loss
        self._face = face.settle(
            reduced.pairs[face.free_places], reduced.segments, reduced.slacks, gap
        )
        if gap:
            value = network_value(
                self._problem, self._network, level, self._pairs.where(solved.standing)
            )
            gains = self._gains(level, self._pairs)
            segment_gains = self._network.segments.gains[level.name]
            self._rows.append(ValueRow(level.name, gains, segment_gains, value))
            self._kept.append((on_face(face, reduced, gap), gap))

    def _with_level(self, answer: Answer, level: Level, solved: Solved, proof: Proof) -> Answer:
        pairs = self._pairs.where(solved.standing)
        value = network_value(self._problem, self._network, level, pairs)
        prices = proof.add_level(level, solved.own)
        # Behind a gap the prices prove less than the search did.
        engine = ENGINE if solved.loss or self._kept else None
        stand = LevelStand(level.name, prices, bound=value, solved=True, engine=engine)
        answer = answer.with_level(stand, pairs)
        self._on_answer(level.name, answer)
        return answer

    def _is_feasible(self, standing: BoolArray) -> bool:
        """Whether an answer on the face keeps every group and every kept level's value."""
        pairs = self._pairs.where(standing)
        values = (
            network_value(self._problem, self._network, LEVELS[row.name], pairs) == row.value
            for row in self._rows
        )
        return keeps(self._groups, self._face.slacks, standing) and all(values)

    def _decision(self, reduced: Reduced) -> Decision:
        return Decision(self._network, self._face, self._groups, reduced, self._kept)

    def _gains(self, level: Level, pairs: CandidatePairs) -> IntArray:
        return level.pair_gains(self._problem, pairs.mentors, pairs.mentees, pairs.points)
