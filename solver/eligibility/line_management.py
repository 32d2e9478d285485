"""The rule `line_management`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import MISSING, PairTable, codes, equal_pairs
from solver.rule import BoolArray, EligibilityRule, IntArray, PairTest
from solver.wording import listed


class LineManagement(EligibilityRule):
    """The mentor is not the mentee's line manager, nor that manager's own manager, nor one of
    the mentee's reports; and the two do not report to the same manager."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairTest:
        """Looks the pair up among the lines of management, then compares the managers."""
        in_line = PairTable.of_humans(problem, dict.fromkeys(_lines(problem), 1))
        giver_managers, taker_managers = _managers_coded(problem)

        def stand_apart(mentors: IntArray, mentees: IntArray) -> BoolArray:
            barred: BoolArray = in_line(mentors, mentees) != 0
            for giver in giver_managers:
                for taker in taker_managers:
                    barred |= (giver[mentors] == taker[mentees]) & (giver[mentors] != MISSING)
            return ~barred

        return stand_apart

    def refused(self, problem: Problem) -> tuple[IntArray, IntArray] | None:
        """The lines of management, then everybody under each manager."""
        listed = [PairTable.of_humans(problem, dict.fromkeys(_lines(problem), 1)).listed]
        giver_managers, taker_managers = _managers_coded(problem)
        for giver in giver_managers:
            for taker in taker_managers:
                together = equal_pairs(giver, taker)
                if together is None:
                    return None
                listed.append(together)
        mentors, mentees = zip(*listed, strict=True)
        return np.concatenate(mentors), np.concatenate(mentees)

    def permits(self, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
        """Whether no line of management joins the two."""
        return self._tie(problem, mentor, mentee) is None

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """The line of management that joins the two, or both their managers."""
        tie = self._tie(problem, mentor, mentee)
        if tie:
            return tie
        people = mentor.person, mentee.person
        if not any(_managers(problem, person) for person in people):
            return "neither has a line manager on record"
        return " and ".join(
            f"the {role} reports to {_named(problem, managers)}"
            if (managers := _managers(problem, participant.person))
            else f"the {role} has no line manager on record"
            for role, participant in (("mentor", mentor), ("mentee", mentee))
        )

    def _tie(self, problem: Problem, mentor: Participant, mentee: Participant) -> str | None:
        mentors_managers = _managers(problem, mentor.person)
        mentees_managers = _managers(problem, mentee.person)
        if mentor.person in mentees_managers:
            return f"{mentor.reference} is the line manager of {mentee.reference}"
        for manager in mentees_managers:
            if mentor.person in _managers(problem, manager):
                between = _named(problem, [manager])
                return f"{mentor.reference} manages {between}, who manages {mentee.reference}"
        if mentee.person in mentors_managers:
            return f"{mentee.reference} is the line manager of {mentor.reference}"
        for manager in mentees_managers:
            if manager in mentors_managers:
                shared = _named(problem, [manager])
                return f"{mentor.reference} and {mentee.reference} both report to {shared}"
        return None


def _managers(problem: Problem, person: str) -> tuple[str, ...]:
    """The managers of a human, under whichever reference they are named; in the round or not."""
    return problem.managers_of.get(person, ())


def _lines(problem: Problem) -> list[tuple[str, str]]:
    """The (mentor, mentee) pairs of humans in one line of management."""
    lines = []
    for person, managers in problem.managers_of.items():
        for manager in managers:
            lines += [(manager, person), (person, manager)]
            lines += [(above, person) for above in _managers(problem, manager)]
    return lines


def _managers_coded(problem: Problem) -> tuple[tuple[IntArray, ...], tuple[IntArray, ...]]:
    """The manager columns of the mentors and of the mentees, with shared codes."""
    givers = _manager_columns(problem, problem.mentors)
    takers = _manager_columns(problem, problem.mentees)
    coded = codes(*givers, *takers)
    return coded[: len(givers)], coded[len(givers) :]


def _manager_columns(problem: Problem, people: Sequence[Participant]) -> list[list[str | None]]:
    """Everybody's first manager, everybody's second, and so on; None where there is none."""
    held = [_managers(problem, p.person) for p in people]
    most = max((len(managers) for managers in held), default=0)
    return [[m[rank] if rank < len(m) else None for m in held] for rank in range(most)]


def _named(problem: Problem, people: Sequence[str]) -> str:
    """Humans by a reference of theirs, where they have one."""
    rows = problem.by_person
    return listed([rows[p][0].reference if p in rows else p for p in people])
