"""A large round with further limits, of which the search holds few pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.binding_groups import side_groups
from solver.relaxation.face import whole_face
from solver.relaxation.linear import LinearRound, ValueRow
from solver.relaxation.network import Network
from solver.relaxation.side_limits import GroupKey, SideGroups
from solver.rule import FloatArray, IntArray, KeyedLimit
from solver.scoring.scoreboard import CandidatePairs, joined

PENALTY = 10_000
"""What missing a limit by one costs, in largest gains of a pair or a place."""

KeptLevels = Sequence[tuple[Level, int]]
"""Earlier levels, each with the value that it is held to."""


@dataclass
class WideRound:
    """A round in which few pairs are held: `pairs`, and the groups known to matter over them.

    The blocks hold every candidate pair; where they do not, none of the others gains at any
    level, and at the last one each loses at least `left_out_lose`, in its units.
    """

    problem: Problem
    network: Network
    limits: Sequence[KeyedLimit]
    blocks: Sequence[CandidatePairs]
    pairs: CandidatePairs = field(default_factory=joined)
    known: list[GroupKey] = field(default_factory=list)
    left_out_lose: int | None = None

    def hold(self, more: CandidatePairs) -> None:
        """Takes in pairs that are not held."""
        self.pairs = joined(self.pairs, more)

    def gains(self, level: Level, pairs: CandidatePairs) -> IntArray:
        """What each pair gains at a level."""
        return level.pair_gains(self.problem, pairs.mentors, pairs.mentees, pairs.points)

    def groups(self) -> SideGroups:
        """The groups over the pairs held that a programme needs: the loose ones once broken."""
        every = side_groups(self.limits, self.pairs, self.known, self.network.most_partners)
        needed = ~every.loose
        needed[: len(self.known)] = True
        return every.some(np.flatnonzero(needed))

    def broken(self, shares: FloatArray) -> list[GroupKey]:
        """Loose groups not known yet, of mentors of whom this answer breaks any.

        `shares` are the pairs', of those held.
        """
        every = side_groups(self.limits, self.pairs, (), self.network.most_partners)
        broken = every.exceeded(shares)
        broken = broken[every.loose[broken]]
        if not len(broken):
            return []
        which = {every.keys[number][0] for number in broken.tolist()}
        known, found = set(self.known), list[GroupKey]()
        for place in sorted(which):
            codes = np.array([code for limit, code in every.keys if limit == place], dtype=np.int64)
            of_broken = [every.keys[n][1] for n in broken.tolist() if every.keys[n][0] == place]
            mentor_of = self.limits[place].mentor_of
            assert mentor_of is not None  # noqa: S101  that is what makes a group loose
            alike = np.isin(mentor_of(codes), mentor_of(np.array(of_broken, dtype=np.int64)))
            found += [(place, code) for code in codes[alike].tolist()]
        return [key for key in found if key not in known]

    def elastic(self, level: Level, kept: KeptLevels) -> LinearRound:
        """The programme of a level over the pairs held, in which limits may be missed at a cost."""
        penalty = float(PENALTY * self._largest_gain(level))
        return self.linear(level, kept, self.pairs, self.groups(), penalty)

    def linear(
        self,
        level: Level,
        kept: KeptLevels,
        pairs: CandidatePairs,
        groups: SideGroups,
        penalty: float = 0.0,
    ) -> LinearRound:
        """The programme of a level over some pairs, earlier levels kept at their values."""
        gains_at = self.network.segments.gains
        return LinearRound(
            network=self.network,
            face=whole_face(self.network, pairs, len(groups)),
            groups=groups,
            slacks=np.zeros(len(groups), dtype=np.int8),
            rows=[
                ValueRow(earlier.name, self.gains(earlier, pairs), gains_at[earlier.name], value)
                for earlier, value in kept
            ],
            pair_gains=self.gains(level, pairs),
            segment_gains=gains_at[level.name],
            penalty=penalty,
        )

    def _largest_gain(self, level: Level) -> int:
        segments = self.network.segments.gains[level.name]
        gains = self.gains(level, self.pairs).max(initial=0)
        return max(1, int(gains), int(np.abs(segments).max(initial=0)))
