"""What keeps somebody from every eligible partner: pins, or limits that leave no room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from models.domain.result import Role
from solver.answers.limit_room import NO_GROUP, broken_groups
from solver.judge.facts import refusals
from solver.rule import BoolArray, HardConstraint, IntArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, KnownPairs, Scorer

MOST_CELLS = 400_000
"""Where more pairs of any kind would have to be looked at, nobody is told of a limit."""

FEW_CELLS = 2_000
"""Up to so many are quicker asked one by one than the rules are made ready for all people."""

Why = tuple[str, str]
"""A reason, and how a sentence about eligible partners goes on."""

PINNED: Why = ("eligible_but_pinned", "whose places are all pinned to others")


class Blocked:
    """Finds those who are kept from every further eligible partner, whatever it is worth.

    A partner is out of reach whose places are all pinned to others, and one with whom a limit
    beside places and wishes would be broken as the answer stands.
    """

    def __init__(self, problem: Problem, rules: Rules, pairs: Sequence[Pair]) -> None:
        self._problem, self._rules, self._pairs = problem, rules, list(pairs)
        self._people = {"mentor": problem.mentors, "mentee": problem.mentees}

    def among(self, role: Role, further: IntArray) -> dict[int, Why]:
        """By position; `further` counts the eligible partners whom each of a side does not have."""
        pinned = self._by_pins(role, further)
        left = further.copy()
        left[list(pinned)] = 0
        return pinned | self._by_limits(role, left)

    def _by_pins(self, role: Role, further: IntArray) -> dict[int, Why]:
        if not (further > 0).any() or not self._problem.pins:
            return {}
        others = self._pinned_away("mentor" if role == "mentee" else "mentee")
        met = self._further(role, further > 0, others)
        return dict.fromkeys(
            _all_met(_own(role, met), further),
            ("eligible_but_pinned", "whose places are all pinned to others"),
        )

    def _pinned_away(self, role: Role) -> BoolArray:
        """Whose places are all pinned."""
        pins = Counter(getattr(pin, role) for pin in self._problem.pins)
        room = [_room(role, person) - pins[person.reference] for person in self._people[role]]
        return np.array(room, dtype=np.int64) <= 0

    def _by_limits(self, role: Role, further: IntArray) -> dict[int, Why]:
        if not (further > 0).any() or not self._limits:
            return {}
        rules = self._limits
        givers, takers = self._in_groups([limit for _, limit in rules])
        own, others = (takers, givers) if role == "mentee" else (givers, takers)
        pairs = self._further(role, own & (further > 0), others)
        codes = [broken_groups(limit, self._made, pairs) for _, limit in rules]
        broken = np.logical_or.reduce(
            [np.zeros(len(pairs), dtype=np.bool_), *(some != NO_GROUP for some in codes)]
        )
        places = _own(role, pairs)
        first = {int(places[n]): n for n in np.flatnonzero(broken)[::-1].tolist()}
        said: dict[tuple[int, ...], str] = {}
        found = {}
        for place in _all_met(places[broken], further):
            number = first[place]
            key = tuple(int(some[number]) for some in codes)
            if key not in said:
                breaking = [rule for (rule, _), code in zip(rules, key, strict=True) if code >= 0]
                said[key] = self._breach(breaking, pairs, number)
            found[place] = ("quota", said[key])
        return found

    def _in_groups(self, limits: Sequence[KeyedLimit]) -> tuple[BoolArray, BoolArray]:
        """The mentors and the mentees whose pairs may count in a group of some limit."""
        givers, takers = (np.zeros(len(side), dtype=np.bool_) for side in self._people.values())
        for limit in limits:
            some_givers, some_takers = limit.people or (np.True_, np.True_)
            givers, takers = givers | some_givers, takers | some_takers
        return givers, takers

    def _breach(self, rules: Sequence[HardConstraint], pairs: CandidatePairs, number: int) -> str:
        """What would be wrong with one pair more."""
        mentors, mentees = self._problem.mentors, self._problem.mentees
        pair = Pair(
            mentor=mentors[pairs.mentors[number]].reference,
            mentee=mentees[pairs.mentees[number]].reference,
        )
        breaches = [
            sentence
            for rule in rules
            for sentence in rule.breaches(self._problem, [*self._pairs, pair])
        ]
        return f"but with one pair more {'; '.join(breaches)}"

    def _further(self, role: Role, some: BoolArray, others: BoolArray) -> CandidatePairs:
        """The candidate pairs of some people with some others that are not made."""
        own, rest = (np.flatnonzero(mask).astype(np.int32) for mask in (some, others))
        if len(own) * len(rest) > MOST_CELLS or not len(own) or not len(rest):
            return self._made.where(np.zeros(0, dtype=np.int64))
        sides = (rest, own) if role == "mentee" else (own, rest)
        few = len(own) * len(rest) <= FEW_CELLS
        pairs = self._one_by_one(*sides) if few else self._scorer.in_block(*sides)
        return pairs.where(KnownPairs(self._made, len(self._problem.mentees)).lacks(pairs))

    def _one_by_one(self, mentors: IntArray, mentees: IntArray) -> CandidatePairs:
        """The candidate pairs of a few people in plain Python; nobody asks for their points."""
        problem, rules = self._problem, self._rules
        found = [
            (mentor, mentee, 0)
            for mentee in mentees.tolist()
            for mentor in mentors.tolist()
            if not refusals(problem, rules, problem.mentors[mentor], problem.mentees[mentee])
        ]
        return CandidatePairs(*np.array(found, dtype=np.int32).reshape(-1, 3).T)

    @cached_property
    def _limits(self) -> list[tuple[HardConstraint, KeyedLimit]]:
        rules = [(rule, rule.limit(self._problem)) for rule in self._rules.constraints]
        return [(rule, limit) for rule, limit in rules if limit.shape == "group" and limit.members]

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self._problem, self._rules)

    @cached_property
    def _made(self) -> CandidatePairs:
        at = {
            role: {person.reference: place for place, person in enumerate(people)}
            for role, people in self._people.items()
        }
        return CandidatePairs(
            np.array([at["mentor"][pair.mentor] for pair in self._pairs], dtype=np.int32),
            np.array([at["mentee"][pair.mentee] for pair in self._pairs], dtype=np.int32),
            np.zeros(len(self._pairs), dtype=np.int32),
        )


def _own(role: Role, pairs: CandidatePairs) -> IntArray:
    return pairs.mentees if role == "mentee" else pairs.mentors


def _room(role: Role, person: Participant) -> int:
    return person.mentoring.capacity if role == "mentor" else person.learning.wants


def _all_met(places: IntArray, further: IntArray) -> list[int]:
    """The positions that come up once for every further eligible partner."""
    met = np.bincount(places, minlength=len(further))
    return np.flatnonzero((met == further) & (further > 0)).tolist()
