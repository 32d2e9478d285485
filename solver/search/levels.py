"""All levels, one after the other, each on the face that the ones before it leave.

A level is first relaxed as a network, which leaves the further limits out. Where the answer
keeps them all the same, it is the level's optimum. Where it does not, a linear programme
prices those limits and CP-SAT decides on the core. On a round that stays a network to the
end, CP-SAT decides once, on the core of the last level.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from models.domain.problem import Problem
from solver.levels import LEVELS, Level
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.face import FREE, whole_face
from solver.relaxation.linear import (
    LinearRound,
    ValueRow,
    pair_reduced,
    relax_with_limits,
    segment_reduced,
)
from solver.relaxation.network import Network, network_value
from solver.relaxation.outside import Outside
from solver.relaxation.proof import OwnPrices, PriceTooLargeError, Proof
from solver.relaxation.relax import relax_level
from solver.relaxation.side_limits import SideGroups
from solver.relaxation.tail import smallest_list
from solver.rule import BoolArray, FloatArray, IntArray
from solver.rulebook import Rules
from solver.scoring.columns import start_columns, with_points
from solver.scoring.scoreboard import CandidatePairs, joined
from solver.search.decide import Decision, confirm, decide, on_face
from solver.search.draft import Reduced
from solver.search.repair import Repair

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
        rules: Rules,
        network: Network,
        groups: SideGroups,
        pairs: CandidatePairs,
        outside: Outside,
        seconds_left: Callable[[], float],
        on_answer: OnAnswer,
    ) -> None:
        self._problem = problem
        self._rules = rules
        self._network = network
        self._groups = groups
        self._pairs = pairs
        self._outside = outside
        self._seconds_left = seconds_left
        self._on_answer = on_answer
        self._proof = Proof(problem, rules, network, groups)
        self._face = whole_face(network, pairs, len(groups))
        # Pricing finds what is missing, so that every level may begin with the same few pairs.
        self._held = start_columns(pairs, pairs.points)
        self._active = np.zeros(0, dtype=np.int64)
        self._kept: list[tuple[Reduced, int]] = []
        self._rows: list[ValueRow] = []

    def run(self, standing: BoolArray, answer: Answer) -> Answer:
        """The optimum of every level in turn, or as far as time allows.

        `standing` is a feasible answer as a mask of the pairs held, `answer` the same
        with the levels' opening bounds.
        """
        for number, stand in enumerate(answer.levels):
            level = LEVELS[stand.name]
            solved = self._solve(level, self._along(standing), answer)
            if number == len(answer.levels) - 1 and not solved.decided:
                solved = self._confirm(solved)
            standing = solved.standing
            if not solved.proved:
                return Answer(self._pairs.where(standing), answer.levels)
            try:
                answer = self._with_level(answer, level, solved)
            except PriceTooLargeError:
                # Solved, but nobody could check it: the levels before it stand as they are.
                return Answer(self._pairs.where(standing), answer.levels)
            self._settle(level, solved)
        standing = self._along(standing)
        if not self._kept:
            smallest = smallest_list(self._problem, self._network, self._face, standing)
            standing = smallest if self._is_feasible(smallest) else standing
        return Answer(self._pairs.where(standing), answer.levels)

    def _solve(self, level: Level, standing: BoolArray, so_far: Answer) -> Solved:
        relaxed = self._as_network(level, standing, so_far)
        if self._is_feasible(relaxed.standing):
            return relaxed
        repair = Repair(
            network=self._network,
            face=self._face,
            groups=self._groups,
            held=self._held,
            gains=self._gains(level, self._pairs),
            segment_gains=self._network.segments.gains[level.name],
        )
        mended = repair.mended(relaxed.standing)
        standing = self._better(level, mended, standing)
        if self._value(level, standing) == self._value(level, relaxed.standing):
            return replace(relaxed, standing=standing)
        return self._with_limits(level, repair, relaxed, standing)

    def _better(self, level: Level, found: BoolArray | None, known: BoolArray) -> BoolArray:
        """The better of a feasible answer and one that may be none, or not feasible."""
        if found is None or not self._is_feasible(found):
            return known
        return found if self._value(level, found) > self._value(level, known) else known

    def _as_network(self, level: Level, standing: BoolArray, so_far: Answer) -> Solved:
        """The level's optimum on the face with every further limit left out."""
        self._held |= standing
        if level.most_pair_gain is not None:
            # Its gains are too dear to price block by block.
            self._hold(self._outside.face(self._proof.so_far, self._pairs, most=None))
        while True:
            relaxed = self._over_held_pairs(level, so_far)
            if self._outside.complete:
                return relaxed
            combined = self._proof.combined(level, relaxed.own)
            more = self._outside.violated(combined, self._pairs)
            if not len(more):
                return relaxed
            self._hold(more)

    def _along(self, standing: BoolArray) -> BoolArray:
        """An answer as a mask of all the pairs that are held by now."""
        more = len(self._pairs) - len(standing)
        return np.append(standing, np.zeros(more, dtype=np.bool_)) if more else standing

    def _over_held_pairs(self, level: Level, so_far: Answer) -> Solved:
        face, network, pairs = self._face, self._network, self._pairs

        def on_round(used: BoolArray) -> None:
            found = face.standing(used)
            if self._is_feasible(found):
                self._on_answer(level.name, Answer(pairs.where(found), so_far.levels))

        gains, segments = self._gains(level, face.free), network.segments
        held = self._held[face.free_places]
        priced = relax_level(network, face, gains, segments.gains[level.name], held, on_round)
        self._held[face.free_places] = priced.held
        reduced = np.zeros(len(pairs), dtype=np.int64)
        reduced[face.free_places] = priced.reduced
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

    def _hold(self, more: CandidatePairs) -> None:
        """Takes in pairs that were not held; what is known of the others stays as it is."""
        if not len(more):
            return
        self._pairs = joined(self._pairs, more)
        self._held = np.append(self._held, np.ones(len(more), dtype=np.bool_))
        state = np.append(self._face.state, np.full(len(more), FREE, dtype=np.int8))
        self._face = replace(self._face, pairs=self._pairs, state=state)

    def _with_limits(
        self, level: Level, repair: Repair, relaxed: Solved, standing: BoolArray
    ) -> Solved:
        """The level's optimum with every limit: prices by linear programme, then CP-SAT.

        Only groups that some answer has been seen to break are priced and put to CP-SAT; an
        answer that keeps the others all the same is optimal with them. `standing` is feasible.
        """
        nearly = with_points(relaxed.reduced.pairs, self._pairs)
        broken = self._groups.broken(self._face.slacks, relaxed.standing)
        while True:
            self._active = np.union1d(self._active, broken)
            own, reduced, shares = self._priced(repair, standing, nearly)
            nearly = with_points(reduced.pairs, self._pairs)
            # An active group can be exceeded by rounding alone; pricing it again changes nothing.
            broken = np.setdiff1d(self._groups.exceeded(shares), self._active)
            if len(broken):
                continue
            standing = self._better(level, repair.guided(shares), standing)
            decision = self._decision(reduced, own.scale)
            found = decide(decision, standing, self._held, self._seconds_left)
            broken = self._groups.broken(self._face.slacks, found.standing)
            if not len(broken):
                return Solved(found.standing, own, reduced, found.loss, found.proved, decided=True)
            if not found.proved:
                return Solved(standing, own, reduced, proved=False, decided=True)

    def _priced(
        self, repair: Repair, standing: BoolArray, nearly: IntArray
    ) -> tuple[OwnPrices, Reduced, FloatArray]:
        given = LinearRound(
            network=self._network,
            face=self._face,
            groups=self._groups.some(self._active),
            slacks=self._face.slacks[self._active],
            rows=self._rows,
            pair_gains=repair.gains,
            segment_gains=repair.segment_gains,
        )
        answer = relax_with_limits(given, standing, nearly)
        prices, along_all = answer.prices, np.zeros(len(self._groups), dtype=np.int64)
        along_all[self._active] = prices.groups
        reduced = Reduced(pair_reduced(given, prices), segment_reduced(given, prices), -along_all)
        return replace(prices, groups=along_all), reduced, answer.shares

    def _confirm(self, solved: Solved) -> Solved:
        """CP-SAT's own answer on the core of the last level; the same value, by its own count."""
        found = confirm(self._decision(solved.reduced), solved.standing, self._seconds_left)
        return replace(solved, standing=found.standing) if found else solved

    def _settle(self, level: Level, solved: Solved) -> None:
        """Narrows the face; a level short of its bound is kept at its value by a row."""
        face, reduced, gap = self._face, solved.reduced, solved.loss
        self._face = face.settle(
            reduced.pairs[face.free_places], reduced.segments, reduced.slacks, gap
        )
        if gap:
            value = self._value(level, solved.standing)
            gains = self._gains(level, self._pairs)
            segment_gains = self._network.segments.gains[level.name]
            self._rows.append(ValueRow(level.name, gains, segment_gains, value))
            self._kept.append((on_face(face, reduced, gap), gap))
        self._hold(self._outside.face(self._proof.so_far, self._pairs))

    def _with_level(self, answer: Answer, level: Level, solved: Solved) -> Answer:
        pairs, value = self._pairs.where(solved.standing), self._value(level, solved.standing)
        prices = self._proof.add_level(level, solved.own)
        # Behind a gap the prices prove less than the search did.
        engine = ENGINE if solved.loss or self._kept else None
        stand = LevelStand(level.name, prices, bound=value, solved=True, engine=engine)
        answer = answer.with_level(stand, pairs)
        self._on_answer(level.name, answer)
        return answer

    def _is_feasible(self, standing: BoolArray) -> bool:
        """Whether an answer on the face keeps every group and every kept level's value."""
        if len(self._groups.broken(self._face.slacks, standing)):
            return False
        return all(self._value(LEVELS[row.name], standing) == row.value for row in self._rows)

    def _value(self, level: Level, standing: BoolArray) -> int:
        pairs = self._pairs.where(standing)
        return network_value(self._problem, self._network, level, pairs)

    def _decision(self, reduced: Reduced, scale: int = 1) -> Decision:
        return Decision(
            self._network, self._face, self._groups, self._active, reduced, self._kept, scale
        )

    def _gains(self, level: Level, pairs: CandidatePairs) -> IntArray:
        return level.pair_gains(self._problem, pairs.mentors, pairs.mentees, pairs.points)
