"""The levels of the objective, strictly lexicographic: what is counted, first things first.

A level adds up gains: one for each pair that is made, one for each mentee's n-th mentor and
one for each mentor's n-th mentee. Gains of the n-th partner never rise with n, so every
level is a network's objective. As with the rules, a level says everything twice: over
arrays for the solver, and in plain Python for the audit.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import KEPT, droppable_pins, earlier_pairs
from solver.rule import IntArray
from solver.rulebook import Rules
from solver.scoring.largest import largest_points

TIE_RULE: Final = "lottery"
"""The last level of every round: it tells apart what is equal at all others. An answer is optimal
without it; see `tie_rule`."""

PINS_KEPT: Final = "pins_kept"
"""The first level of a round whose pins may be dropped."""

LOTTERY_BITS = 24

MOST_BUCKETS = 10


@dataclass(frozen=True)
class Level:
    """A level that counts nothing; the others say what they count.

    `most_pair_gain` is the largest gain a pair can have where working it out is dear, so
    that a bound can often do without; None where `pair_gains` is cheap.
    """

    name: str
    most_pair_gain: int | None = None

    def pair_gains(
        self, problem: Problem, mentors: IntArray, mentees: IntArray, points: IntArray
    ) -> IntArray:
        """The gain of each pair, over arrays of positions and points."""
        return np.zeros(len(points), dtype=np.int64)

    def pair_gain(self, problem: Problem, mentor: str, mentee: str, points: int) -> int:
        """The gain of one pair, by reference."""
        return 0

    def largest_pair_gain(self, most_points: int) -> int:
        """No pair gains more, or loses more, where no pair has more points than these."""
        return self.most_pair_gain or 0

    def smallest_pair_gain(self) -> int:
        """No pair gains less."""
        return 0

    def gain_line(self) -> tuple[int, int]:
        """The slope and the height of a line over points that no pair's gain lies above."""
        return 0, self.most_pair_gain or 0

    @property
    def counts_mentees(self) -> bool:
        """Whether a mentee's mentors can gain anything, whoever it is."""
        return type(self).mentee_gain is not Level.mentee_gain

    def counts_mentors(self, rules: Rules) -> bool:
        """Whether a mentor's mentees can gain or cost anything, whoever it is."""
        return type(self).mentor_gain is not Level.mentor_gain

    def mentee_gain(self, mentee: Participant, nth: int) -> int:
        """The gain of a mentee's n-th mentor, counting from 1."""
        return 0

    def mentor_gain(self, rules: Rules, mentor: Participant, nth: int) -> int:
        """The gain of a mentor's n-th mentee, counting from 1."""
        return 0


@dataclass(frozen=True)
class MenteesMatched(Level):
    """Mentees with at least one mentor; with a `tier`, those of that tier alone."""

    tier: int | None = None

    def mentee_gain(self, mentee: Participant, nth: int) -> int:
        """One for the first mentor."""
        return int(nth == 1 and (self.tier is None or self.tier == mentee.learning.tier))


@dataclass(frozen=True)
class MentorsUsed(Level):
    """Mentors with at least one mentee."""

    def mentor_gain(self, rules: Rules, mentor: Participant, nth: int) -> int:
        """One for the first mentee."""
        return int(nth == 1)


@dataclass(frozen=True)
class Points(Level):
    """The pairs' points, less what the mentors' loads cost."""

    def pair_gains(
        self, problem: Problem, mentors: IntArray, mentees: IntArray, points: IntArray
    ) -> IntArray:
        """The points themselves."""
        return points.astype(np.int64)

    def pair_gain(self, problem: Problem, mentor: str, mentee: str, points: int) -> int:
        """The points themselves."""
        return points

    def largest_pair_gain(self, most_points: int) -> int:
        """The most points themselves."""
        return most_points

    def gain_line(self) -> tuple[int, int]:
        """The points themselves."""
        return 1, 0

    def counts_mentors(self, rules: Rules) -> bool:
        """Where loads cost anything."""
        return bool(rules.loads)

    def mentor_gain(self, rules: Rules, mentor: Participant, nth: int) -> int:
        """The cost of the n-th mentee, as a loss."""
        return -sum(rule.cost_of(nth) for rule in rules.loads)


@dataclass(frozen=True)
class PinsKept(Level):
    """Droppable pins that stand. They are always among the pairs held, so no other may gain."""

    def pair_gains(
        self, problem: Problem, mentors: IntArray, mentees: IntArray, points: IntArray
    ) -> IntArray:
        """One for each droppable pin."""
        return droppable_pins(problem)(mentors, mentees).astype(np.int64)

    def pair_gain(self, problem: Problem, mentor: str, mentee: str, points: int) -> int:
        """One for a droppable pin."""
        return int((mentor, mentee) in problem.droppable)

    def largest_pair_gain(self, most_points: int) -> int:
        """One."""
        return 1


@dataclass(frozen=True)
class Kept(Level):
    """Pairs of the earlier result that are made again; always among the pairs held, as pins are."""

    def pair_gains(
        self, problem: Problem, mentors: IntArray, mentees: IntArray, points: IntArray
    ) -> IntArray:
        """One for each pair of the earlier result."""
        return earlier_pairs(problem)(mentors, mentees).astype(np.int64)

    def pair_gain(self, problem: Problem, mentor: str, mentee: str, points: int) -> int:
        """One for a pair of the earlier result."""
        humans = problem.person_of(mentor), problem.person_of(mentee)
        return int(humans in problem.earlier_humans)

    def largest_pair_gain(self, most_points: int) -> int:
        """One."""
        return 1


@dataclass(frozen=True)
class Bucket(Level):
    """Pairs whose points lie in one of the fairness mode's buckets, each of them a loss.

    Buckets have equal widths from 0 to the round's largest points, both included, and are
    numbered from 1 for the worst.
    """

    number: int = 1

    def pair_gains(
        self, problem: Problem, mentors: IntArray, mentees: IntArray, points: IntArray
    ) -> IntArray:
        """Minus one in the bucket."""
        buckets, most = bucket_scale(problem)
        place = np.minimum(points.astype(np.int64) * buckets // most, buckets - 1)
        counted: IntArray = np.where(place == self.number - 1, -1, 0)
        return counted

    def pair_gain(self, problem: Problem, mentor: str, mentee: str, points: int) -> int:
        """Minus one in the bucket."""
        buckets, most = bucket_scale(problem)
        return -int(min(points * buckets // most, buckets - 1) == self.number - 1)

    def largest_pair_gain(self, most_points: int) -> int:
        """One pair counts one."""
        return 1

    def smallest_pair_gain(self) -> int:
        """One pair counts one, as a loss."""
        return -1


def bucket_scale(problem: Problem) -> tuple[int, int]:
    """How many buckets the round's fairness mode asks for, and its largest points, at least 1."""
    choice = problem.policy.fairness
    buckets: int = choice.settings["buckets"] if choice else 1
    return buckets, max(1, largest_points(problem))


@dataclass(frozen=True)
class Lottery(Level):
    """The tie rule: the first 24 bits of SHA-256 of salt, mentor and mentee.

    The three are joined by U+001F and encoded as UTF-8, so anybody can repeat the draw.
    """

    most_pair_gain: int | None = (1 << LOTTERY_BITS) - 1

    def pair_gains(
        self, problem: Problem, mentors: IntArray, mentees: IntArray, points: IntArray
    ) -> IntArray:
        """One draw for each pair."""
        givers, takers = problem.mentors, problem.mentees
        draws = (
            self.pair_gain(problem, givers[m].reference, takers[e].reference, 0)
            for m, e in zip(mentors.tolist(), mentees.tolist(), strict=True)
        )
        return np.fromiter(draws, dtype=np.int64, count=len(mentors))

    def pair_gain(self, problem: Problem, mentor: str, mentee: str, points: int) -> int:
        """The pair's draw."""
        return _draw(problem.tie_salt, mentor, mentee)


@lru_cache(maxsize=1 << 16)  # A search asks for the draws of its last few pairs many times.
def _draw(salt: str, mentor: str, mentee: str) -> int:
    text = f"{salt}\x1f{mentor}\x1f{mentee}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[: LOTTERY_BITS // 8])


LEVELS: Mapping[str, Level] = {
    level.name: level
    for level in (
        MenteesMatched("mentees_matched"),
        *(MenteesMatched(f"mentees_matched_{tier}", tier=tier) for tier in (1, 2, 3)),
        MentorsUsed("mentors_used"),
        *(Bucket(f"bucket_{number}", number=number) for number in range(1, MOST_BUCKETS)),
        Kept(KEPT),
        Points("points"),
        PinsKept(PINS_KEPT),
        Lottery(TIE_RULE),
    )
}

NAMED_LEVELS = tuple(
    name for name, level in LEVELS.items() if not isinstance(level, Bucket | PinsKept)
)
"""Those that a policy may list; the others come with a fairness mode, or with pins to drop."""


def value_of(
    level: Level, problem: Problem, rules: Rules, pairs: Iterable[tuple[str, str, int]]
) -> int:
    """A level's value for (mentor, mentee, points) triples, recomputed in plain Python."""
    counts_mentors, counts_mentees = level.counts_mentors(rules), level.counts_mentees
    people = problem.by_reference
    total = 0
    loads: Counter[str] = Counter()
    gots: Counter[str] = Counter()
    for mentor, mentee, points in pairs:
        total += level.pair_gain(problem, mentor, mentee, points)
        if counts_mentors:
            loads[mentor] += 1
            total += level.mentor_gain(rules, people[mentor], loads[mentor])
        if counts_mentees:
            gots[mentee] += 1
            total += level.mentee_gain(people[mentee], gots[mentee])
    return total
