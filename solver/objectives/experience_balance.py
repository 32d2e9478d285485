"""The rule `experience_balance`."""

from __future__ import annotations

from models.domain.participant import Experience, Participant
from models.domain.problem import Problem
from solver.encoding import equal, equal_ceiling, in_full
from solver.rule import FULL_VALUE, Ceiling, PairValues, SoftObjective

OPPOSITE: dict[Experience, Experience] = {"none": "experienced", "experienced": "none"}
"""Whom somebody is balanced with; nobody where they have some experience."""

PHRASES: dict[Experience, str] = {
    "none": "has no mentoring experience",
    "some": "has some mentoring experience",
    "experienced": "is experienced in mentoring",
}

BOTH: dict[Experience, str] = {
    "none": "neither has any mentoring experience",
    "some": "both have some mentoring experience",
    "experienced": "both are experienced in mentoring",
}


class ExperienceBalance(SoftObjective):
    """A first-time mentee meets an experienced mentor, or a first-time mentor an experienced
    mentee."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairValues:
        """Full value where the two stand at opposite ends."""
        return in_full(
            equal(
                [p.mentoring.experience for p in problem.mentors],
                [OPPOSITE.get(p.learning.experience) for p in problem.mentees],
            )
        )

    def ceiling(self, problem: Problem) -> Ceiling:
        """The value itself: a column for each experience."""
        return equal_ceiling(
            [p.mentoring.experience for p in problem.mentors],
            [OPPOSITE.get(p.learning.experience) for p in problem.mentees],
        )

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """Full value for (experienced, none) and for (none, experienced)."""
        ends = (mentor.mentoring.experience, mentee.learning.experience)
        return FULL_VALUE if ends in (("experienced", "none"), ("none", "experienced")) else 0

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """How experienced each of the two is."""
        ends = (mentor.mentoring.experience, mentee.learning.experience)
        if ends == ("experienced", "none"):
            return "a first-time mentee with an experienced mentor"
        if ends == ("none", "experienced"):
            return "a first-time mentor with an experienced mentee"
        if ends[0] == ends[1]:
            return BOTH[ends[0]]
        return f"the mentor {PHRASES[ends[0]]}, the mentee {PHRASES[ends[1]]}"
