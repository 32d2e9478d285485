"""One look at every candidate pair, from which bounds, ranks and options follow.

The survey has two voices like everything else: plain Python, and arrays for large rounds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.judge.array_bound import ArrayBound
from solver.judge.bound import PlainBound, Priced
from solver.judge.facts import candidate_pairs
from solver.rule import IntArray
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs, candidate_blocks

PLAIN_UP_TO = 100_000
"""So many candidate pairs are looked at in plain Python; more over arrays."""

CELLS_UP_TO = 10 * PLAIN_UP_TO
"""Where there are more pairs than this of any kind, plain Python does not even begin."""


@dataclass(frozen=True)
class Survey:
    """What every candidate pair together says.

    `bounds` by level; `mentee_ranks` and `mentor_ranks` along the assignments (how many of
    the mentee's, or the mentor's, options have more points, plus 1); `options` counts the
    candidates of each mentor and of each mentee by reference, 0 left out.
    """

    method: str
    bounds: Mapping[str, int]
    mentee_ranks: tuple[int, ...]
    mentor_ranks: tuple[int, ...]
    mentor_options: Mapping[str, int]
    mentee_options: Mapping[str, int]


@dataclass(frozen=True)
class Question:
    """What a survey is asked: the pairs that were made with their points, the levels' prices."""

    problem: Problem
    rules: Rules
    pairs: Sequence[Pair]
    points: Sequence[int]
    priced: Sequence[Priced] = ()
    values: Mapping[str, int] = field(default_factory=dict)


def survey(question: Question, blocks: Iterable[CandidatePairs] | None = None) -> Survey:
    """Over the blocks given; without them in plain Python, or over arrays past 100,000 pairs."""
    problem, rules = question.problem, question.rules
    if blocks is not None:
        return array_survey(question, blocks)
    if len(problem.mentors) * len(problem.mentees) <= CELLS_UP_TO:
        candidates = list(islice(candidate_pairs(problem, rules), PLAIN_UP_TO + 1))
        if len(candidates) <= PLAIN_UP_TO:
            return plain_survey(question, candidates)
    return array_survey(question, candidate_blocks(problem, rules))


def plain_survey(
    question: Question, candidates: Iterable[tuple[Participant, Participant, int]]
) -> Survey:
    """The survey by plain Python."""
    bounds = {p.level.name: PlainBound(p, question.values) for p in question.priced}
    by_mentor: dict[str, list[int]] = defaultdict(list)
    by_mentee: dict[str, list[int]] = defaultdict(list)
    for mentor, mentee, points in candidates:
        by_mentor[mentor.reference].append(points)
        by_mentee[mentee.reference].append(points)
        for bound in bounds.values():
            bound.add(mentor, mentee, points)
    for options in (*by_mentor.values(), *by_mentee.values()):
        options.sort()
    made = list(zip(question.pairs, question.points, strict=True))
    return Survey(
        method="plain",
        bounds={name: bound.value for name, bound in bounds.items()},
        mentee_ranks=tuple(_rank(by_mentee[pair.mentee], points) for pair, points in made),
        mentor_ranks=tuple(_rank(by_mentor[pair.mentor], points) for pair, points in made),
        mentor_options={reference: len(options) for reference, options in by_mentor.items()},
        mentee_options={reference: len(options) for reference, options in by_mentee.items()},
    )


def _rank(options: list[int], points: int) -> int:
    return 1 + len(options) - bisect_right(options, points)


def array_survey(question: Question, blocks: Iterable[CandidatePairs]) -> Survey:
    """The survey over arrays, block by block."""
    problem = question.problem
    bounds = {p.level.name: ArrayBound(p, question.values) for p in question.priced}
    mentors = _Side(problem.mentors, [pair.mentor for pair in question.pairs], question.points)
    mentees = _Side(problem.mentees, [pair.mentee for pair in question.pairs], question.points)
    for block in blocks:
        mentors.add(block.mentors, block.points)
        mentees.add(block.mentees, block.points)
        for bound in bounds.values():
            bound.add(block)
    return Survey(
        method="arrays",
        bounds={name: bound.value for name, bound in bounds.items()},
        mentee_ranks=mentees.ranks(),
        mentor_ranks=mentors.ranks(),
        mentor_options=mentors.options(),
        mentee_options=mentees.options(),
    )


class _Side:
    """Options and ranks of one side: the k-th pair of everybody is counted in one sweep."""

    def __init__(
        self, people: Sequence[Participant], made: Sequence[str], points: Sequence[int]
    ) -> None:
        self._references = [person.reference for person in people]
        place_of = {reference: place for place, reference in enumerate(self._references)}
        self._place = [place_of[reference] for reference in made]
        seen: Counter[int] = Counter()
        self._nth: list[int] = []
        for place in self._place:
            self._nth.append(seen[place])
            seen[place] += 1
        # Nobody has more points than somebody without a k-th pair asks for.
        nobody = np.iinfo(np.int64).max
        self._asked = np.full((max(seen.values(), default=0), len(people)), nobody)
        for place, nth, worth in zip(self._place, self._nth, points, strict=True):
            self._asked[nth, place] = worth
        self._better = np.zeros_like(self._asked)
        self._options = np.zeros(len(people), dtype=np.int64)

    def add(self, places: IntArray, points: IntArray) -> None:
        """Counts a block's pairs of this side."""
        self._options += np.bincount(places, minlength=len(self._options))
        for asked, better in zip(self._asked, self._better, strict=True):
            better += np.bincount(places[points > asked[places]], minlength=len(better))

    def ranks(self) -> tuple[int, ...]:
        """The rank of every pair made, in the order given."""
        return tuple(
            1 + int(self._better[nth, place])
            for nth, place in zip(self._nth, self._place, strict=True)
        )

    def options(self) -> dict[str, int]:
        """How many candidate pairs each has, by reference."""
        counts = zip(self._references, self._options.tolist(), strict=True)
        return {reference: count for reference, count in counts if count}
