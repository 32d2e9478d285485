"""For which mentee each mentor's next place is, where that does not hang on the lottery."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from models.domain.leftover import Remedy
from models.domain.problem import Problem
from solver.questions.leftover_words import next_best_in_words, place_in_words
from solver.questions.limits_kept import LimitsKept
from solver.questions.side import Side
from solver.questions.turnover import Turnover, as_remedy, shown
from solver.rule import IntArray


class NextPlaceRemedies:
    """Of each mentor's next place: the way from the root that it would be filled along.

    The mentee at the root's end of the shortest way has one mentor more in every best answer of
    the round with that place, if every way with another end is longer.
    """

    def __init__(self, side: Side, turnover: Turnover) -> None:
        self._side, self._turnover = side, turnover
        residual = side.residual
        self._mentees = residual.network.mentees
        self._ways = side.hither
        self._new_places = _new_places(side)
        self._first = self._new_places + self._ways.first.length[self._mentees :]
        self._second = self._new_places + self._ways.second[self._mentees :]
        self._takers = self._ways.ends[self._mentees :]
        self._certain = (self._first < 0) & (self._first < self._second)

    def remedies(self, places: Sequence[int]) -> dict[int, list[Remedy]]:
        """By mentee position, the mentors whose next place is theirs, those that add most first."""
        theirs = np.isin(self._takers, np.array(places, dtype=np.int64))
        helped = np.flatnonzero(self._certain & theirs)
        mentors_of: dict[int, list[int]] = defaultdict(list)
        for mentor in helped[np.argsort(self._first[helped], kind="stable")].tolist():
            mentors_of[int(self._takers[mentor])].append(mentor)
        return shown(mentors_of, self._told)

    def nearest(self, places: Sequence[int]) -> dict[int, str]:
        """By mentee position, the mentor whose next place they are closest to being given."""
        side, every = self._side, self._side.residual.every
        lacking = np.isin(every.mentees, np.array(places, dtype=np.int64))
        some = np.flatnonzero(lacking & ~side.residual.used)
        mentors, mentees = every.mentors[some], every.mentees[some].astype(np.int64)
        own = side.one_more[mentees] + side.residual.lengths[some] + self._new_places[mentors]
        behind = own - self._first[mentors]
        # Where the place adds something with them, and is somebody else's, or by lot.
        close = (own < 0) & (self._takers[mentors] < self._mentees)
        close &= ~self._certain[mentors] | (self._takers[mentors] != mentees)
        mentors, mentees, behind = mentors[close], mentees[close], behind[close]
        order = np.lexsort((mentors, behind, mentees))
        first = np.append(True, mentees[order][1:] != mentees[order][:-1])[: len(order)]
        return {
            int(mentees[which]): self._behind(
                int(mentees[which]), int(mentors[which]), int(behind[which])
            )
            for which in order[first].tolist()
        }

    def _behind(self, place: int, mentor: int, behind: int) -> str:
        problem = self._side.residual.problem
        taker = int(self._takers[mentor])
        return next_best_in_words(
            problem.mentors[mentor].reference,
            "others" if taker == place else problem.mentees[taker].reference,
            self._side.residual.weighed.by_level(behind),
        )

    def _told(self, place: int, mentor: int) -> Remedy | None:
        side = self._side
        giver = side.others[mentor].reference
        way = self._ways.way(self._mentees + mentor)[::-1]
        told = self._turnover.tell(way, self._limits(giver))
        if told is None:
            return None
        outcome = told.outcome(side, place)
        return as_remedy("next_place", outcome, place_in_words(outcome, giver), mentor=giver)

    def _limits(self, mentor: str) -> LimitsKept:
        """The limits of the round with that place; the same where they ask for both roles alone."""
        residual = self._side.residual
        if self._side.limits_are_by_role:
            return self._side.forcing.limits_kept
        changed = with_place(residual.problem, mentor)
        return LimitsKept(changed, residual.rules, self._turnover.made)


def with_place(problem: Problem, mentor: str) -> Problem:
    """The same round with one more place with a mentor."""
    people = []
    for person in problem.participants:
        if person.reference == mentor:
            section = person.mentoring
            more = section.model_copy(update={"capacity": section.capacity + 1})
            person = person.model_copy(update={"mentor": more})
        people.append(person)
    return problem.changed(participants=tuple(people))


def _new_places(side: Side) -> IntArray:
    """The loss in filling each mentor's next place, were there one."""
    residual = side.residual
    gains = [
        residual.weighed.mentor_gain(residual.rules, person, person.mentoring.capacity + 1)
        for person in residual.problem.mentors
    ]
    return -(np.array(gains, dtype=np.int64) + residual.weighed.nodes[residual.network.mentees :])
