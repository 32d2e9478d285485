"""One look at every candidate pair: bounds, ranks, options and blocking pairs follow from it.

The survey has two voices like everything else: plain Python, and arrays for large rounds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import numpy as np

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from models.domain.result import BlockingPairs
from solver.judge.array_bound import ArrayBound
from solver.judge.blocking import ArrayBlocking, PlainBlocking, WorstPartners
from solver.judge.bound import PlainBound, Priced
from solver.judge.facts import candidate_pairs
from solver.judge.ranks import Ranks
from solver.modes import mode_of
from solver.rule import BoolArray, IntArray, PointsRule
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs
from solver.scoring.screen import Screen
from solver.scoring.threshold import Threshold

PLAIN_UP_TO = 100_000
"""So many candidate pairs are looked at in plain Python; more over arrays."""

CELLS_UP_TO = 10 * PLAIN_UP_TO
"""Where there are more pairs than this of any kind, plain Python does not even begin."""


class EveryCandidate(Protocol):
    """All candidate pairs of a round, to be looked at: a screen, or pairs that are held."""

    @property
    def most_points(self) -> int:
        """No pair has more points."""

    def reaching(self, *thresholds: Threshold) -> Iterator[CandidatePairs]:
        """At least every candidate pair that reaches one of the thresholds, each once."""

    def options(
        self, mentors: BoolArray, mentees: BoolArray, floors: Sequence[PointsRule] = ()
    ) -> tuple[IntArray, IntArray]:
        """How many candidate pairs each of these people has; see `Screen.options`."""


@dataclass(frozen=True)
class Survey:
    """What every candidate pair together says.

    `bounds` by level; `mentee_ranks` and `mentor_ranks` along the assignments (how many of
    the mentee's, or the mentor's, options have more points, plus 1); `options` counts, by
    reference, the candidates of everybody with room for more partners, 0 left out.
    """

    method: str
    bounds: Mapping[str, int]
    mentee_ranks: tuple[int, ...]
    mentor_ranks: tuple[int, ...]
    mentor_options: Mapping[str, int]
    mentee_options: Mapping[str, int]
    blocking: BlockingPairs


@dataclass(frozen=True)
class Question:
    """What a survey is asked: the pairs that were made with their points, the levels' prices.

    `floors` are held beyond the rules: what they refuse is no option, though it is a candidate.
    """

    problem: Problem
    rules: Rules
    pairs: Sequence[Pair]
    points: Sequence[int]
    priced: Sequence[Priced] = ()
    values: Mapping[str, int] = field(default_factory=dict)
    floors: Sequence[PointsRule] = ()

    @property
    def tolerance(self) -> int:
        """How many points two may gain by each other without blocking the answer."""
        mode = mode_of(self.problem.policy)
        return mode.tolerance if mode else 0


def survey(question: Question, screen: EveryCandidate | None = None) -> Survey:
    """With the screen given; without one in plain Python, or with a screen past 100,000 pairs."""
    problem, rules = question.problem, question.rules
    if screen is not None:
        return array_survey(question, screen)
    if len(problem.mentors) * len(problem.mentees) <= CELLS_UP_TO:
        candidates = list(islice(candidate_pairs(problem, rules), PLAIN_UP_TO + 1))
        if len(candidates) <= PLAIN_UP_TO:
            return plain_survey(question, candidates)
    return array_survey(question, Screen(problem, rules))


def plain_survey(
    question: Question, candidates: Iterable[tuple[Participant, Participant, int]]
) -> Survey:
    """The survey by plain Python."""
    bounds = {p.name: PlainBound(p, question.values) for p in question.priced}
    worst = WorstPartners(question.problem, question.pairs, question.points)
    blocking = PlainBlocking(worst, question.pairs, question.tolerance)
    by_mentor: dict[str, list[int]] = defaultdict(list)
    by_mentee: dict[str, list[int]] = defaultdict(list)
    for mentor, mentee, points in candidates:
        by_mentor[mentor.reference].append(points)
        by_mentee[mentee.reference].append(points)
        blocking.add(mentor, mentee, points)
        for bound in bounds.values():
            bound.add(mentor, mentee, points)
    for options in (*by_mentor.values(), *by_mentee.values()):
        options.sort()
    made = list(zip(question.pairs, question.points, strict=True))
    with_room = _with_room(question)
    return Survey(
        method="plain",
        bounds={name: bound.value for name, bound in bounds.items()},
        mentee_ranks=tuple(_rank(by_mentee[pair.mentee], points) for pair, points in made),
        mentor_ranks=tuple(_rank(by_mentor[pair.mentor], points) for pair, points in made),
        mentor_options=_counted(by_mentor, with_room[0], question.floors),
        mentee_options=_counted(by_mentee, with_room[1], question.floors),
        blocking=blocking.told,
    )


def _counted(
    options: Mapping[str, list[int]], with_room: set[str], floors: Sequence[PointsRule]
) -> dict[str, int]:
    """How many options those with room have above every floor; 0 left out."""
    counts = {
        reference: sum(all(floor.permits(worth) for floor in floors) for worth in points)
        for reference, points in options.items()
        if reference in with_room
    }
    return {reference: count for reference, count in counts.items() if count}


def _rank(options: list[int], points: int) -> int:
    return 1 + len(options) - bisect_right(options, points)


def array_survey(question: Question, screen: EveryCandidate) -> Survey:
    """The survey over arrays, of those candidate pairs that can change what it says."""
    problem, most = question.problem, screen.most_points
    bounds = {p.name: ArrayBound(p, question.values) for p in question.priced}
    mentors = Ranks(problem.mentors, [p.mentor for p in question.pairs], question.points, most)
    mentees = Ranks(problem.mentees, [p.mentee for p in question.pairs], question.points, most)
    ranked = (
        Threshold(mentors.matters_from, np.zeros(len(problem.mentees))),
        Threshold(np.zeros(len(problem.mentors)), mentees.matters_from),
    )
    worst = WorstPartners(problem, question.pairs, question.points)
    blocking = ArrayBlocking(problem, worst, question.pairs, question.tolerance)
    of_bounds = [bound.threshold for bound in bounds.values()]
    for block in screen.reaching(*of_bounds, *ranked, blocking.threshold):
        blocking.add(block)
        mentors.add(block.mentors, block.points)
        mentees.add(block.mentees, block.points)
        for bound in bounds.values():
            bound.add(block)
    mentor_options, mentee_options = _options(question, screen)
    return Survey(
        method="arrays",
        bounds={name: bound.value for name, bound in bounds.items()},
        mentee_ranks=mentees.told(),
        mentor_ranks=mentors.told(),
        mentor_options=mentor_options,
        mentee_options=mentee_options,
        blocking=blocking.told,
    )


def _options(question: Question, screen: EveryCandidate) -> tuple[dict[str, int], dict[str, int]]:
    """The candidate pairs of all mentors and of all mentees with room for more partners."""
    sides = question.problem.mentors, question.problem.mentees
    mentors, mentees = (
        np.array([person.reference in room for person in people], dtype=np.bool_)
        for people, room in zip(sides, _with_room(question), strict=True)
    )
    counted = screen.options(mentors, mentees, question.floors)
    by_mentor, by_mentee = (
        {p.reference: count for p, count in zip(people, counts.tolist(), strict=True) if count}
        for people, counts in zip(sides, counted, strict=True)
    )
    return by_mentor, by_mentee


def _with_room(question: Question) -> tuple[set[str], set[str]]:
    """The mentors and the mentees with fewer partners than they have room for."""
    problem = question.problem
    loads = Counter(pair.mentor for pair in question.pairs)
    gots = Counter(pair.mentee for pair in question.pairs)
    return (
        {p.reference for p in problem.mentors if loads[p.reference] < p.mentoring.capacity},
        {p.reference for p in problem.mentees if gots[p.reference] < p.learning.wants},
    )
