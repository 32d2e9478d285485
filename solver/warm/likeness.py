"""Which people of a round are, to every rule about pairs, just who they were in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.rule import IntArray

GONE = -1
"""The position of somebody who is not in the other round, or not the same there."""

_Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Likeness:
    """Where the mentors and the mentees of one round stand in another, by position.

    Of somebody whose pairs have to be looked at anew it is `GONE`. `again` are pairs of the other
    round, by position, that have to be looked at anew though neither of the two has.
    """

    mentors: IntArray
    mentees: IntArray
    again: tuple[tuple[int, int], ...] = ()

    @property
    def mentors_kept(self) -> IntArray:
        """The mentors of the one round who are the same in the other."""
        return np.flatnonzero(self.mentors != GONE)

    @property
    def mentees_kept(self) -> IntArray:
        """The mentees of the one round who are the same in the other."""
        return np.flatnonzero(self.mentees != GONE)

    @property
    def same(self) -> int:
        """How many they are."""
        return len(self.mentors_kept) + len(self.mentees_kept)


class Mentions:
    """Who names whom in a round, made ready for comparing others with it.

    A rule about pairs may look at the two humans' rows, at the humans whom these name, and at
    the managers of those; see `Rule.looks_no_further`. So whoever names somebody who is different,
    or has a manager who does, is looked at anew. How many partners somebody has room for is no
    business of a rule about pairs.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._naming: dict[str, set[str]] = defaultdict(set)
        self._reporting: dict[str, set[str]] = defaultdict(set)
        for row in problem.participants:
            for name in _named(row):
                self._naming[name].add(row.person)
            if row.line_manager is not None:
                self._reporting[row.line_manager].add(row.person)

    def likeness(self, other: Problem) -> Likeness | None:
        """How the other round is like this one; None where nothing of it can be told from it."""
        if not self._is_comparable(other):
            return None
        touched = self._touched(other)
        mentors = _positions(self._problem.mentors, other.mentor_at, touched)
        mentees = _positions(self._problem.mentees, other.mentee_at, touched)
        again = self._barred_otherwise(other, set(mentors.tolist()), set(mentees.tolist()))
        return Likeness(mentors, mentees, tuple(again))

    def _is_comparable(self, other: Problem) -> bool:
        mine = self._problem
        same = (mine.programme, mine.ladder, mine.earlier, mine.tie_salt)
        waives = (mine.policy.waivable and mine.pins) or (other.policy.waivable and other.pins)
        return same == (other.programme, other.ladder, other.earlier, other.tie_salt) and not waives

    def _touched(self, other: Problem) -> set[str]:
        """The humans whose pairs have to be looked at anew."""
        different = self._different(other)
        if not different:
            return set()
        named = self._names(different, other)
        # A name that no reference is may be what stands for a human.
        different |= {name for name in named if name in self._problem.by_person}
        naming = {person for name in named for person in self._naming.get(name, ())}
        managers = self._names(different | naming, other)
        return different | naming.union(*(self._reporting.get(name, ()) for name in managers))

    def _different(self, other: Problem) -> set[str]:
        """The humans with a row that only one of the rounds has, or that is not the same."""
        before, after = self._problem.by_reference, other.by_reference
        found = set()
        for reference in self._rows_apart(other):
            was, is_now = before.get(reference), after.get(reference)
            if was == is_now:
                continue
            if was is None or is_now is None or _as_in_pairs(was) != _as_in_pairs(is_now):
                found |= {row.person for row in (was, is_now) if row is not None}
        return found

    def _rows_apart(self, other: Problem) -> Iterator[str]:
        before, after = self._problem.by_reference, other.by_reference
        yield from before.keys() - after.keys()
        for reference, row in after.items():
            if before.get(reference) is not row:
                yield reference

    def _names(self, people: Iterable[str], other: Problem) -> set[str]:
        """Whatever may stand for these humans in either round."""
        names = set(people)
        for problem in (self._problem, other):
            for person in people:
                names |= {row.reference for row in problem.by_person.get(person, ())}
        return names

    def _barred_otherwise(
        self, other: Problem, mentors: set[int], mentees: set[int]
    ) -> Iterator[tuple[int, int]]:
        for giver, taker in sorted(self._bars ^ other.barred_humans):
            for mentor in other.mentor_places.get(giver, ()):
                for mentee in other.mentee_places.get(taker, ()):
                    if mentor in mentors and mentee in mentees:
                        yield mentor, mentee

    @cached_property
    def _bars(self) -> _Pairs:
        return self._problem.barred_humans


def _positions(
    people: Sequence[Participant], places: dict[str, int], touched: set[str]
) -> IntArray:
    found = (
        GONE if person.person in touched else places.get(person.reference, GONE)
        for person in people
    )
    return np.fromiter(found, dtype=np.int32, count=len(people))


def _named(row: Participant) -> Iterator[str]:
    if row.line_manager is not None:
        yield row.line_manager
    yield from row.previous_pairs
    for section in (row.mentor, row.mentee):
        if section is not None:
            yield from section.prefers
            yield from section.avoids


def _as_in_pairs(row: Participant) -> Participant:
    """The row without what no rule about pairs may look at."""
    update = {
        "mentor": row.mentor and row.mentor.model_copy(update={"capacity": 0}),
        "mentee": row.mentee and row.mentee.model_copy(update={"wants": 0, "tier": 0}),
    }
    return row.model_copy(update=update)
