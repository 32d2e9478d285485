"""The rule `shared_region`."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import equal, equal_ceiling, in_full
from solver.rule import FULL_VALUE, Ceiling, PairValues, SoftObjective
from solver.wording import gap_on_record


class SharedRegion(SoftObjective):
    """The two share a home region. A home region that is not given matches nothing."""

    looks_no_further = True

    def vectorised(self, problem: Problem) -> PairValues:
        """Full value where the two home regions are given and the same."""
        return in_full(
            equal(
                [p.home_region for p in problem.mentors], [p.home_region for p in problem.mentees]
            )
        )

    def ceiling(self, problem: Problem) -> Ceiling:
        """The value itself: a column for each region."""
        return equal_ceiling(
            [p.home_region for p in problem.mentors], [p.home_region for p in problem.mentees]
        )

    def value(self, problem: Problem, mentor: Participant, mentee: Participant) -> int:
        """Full value where the two home regions are given and the same."""
        same = mentor.home_region is not None and mentor.home_region == mentee.home_region
        return FULL_VALUE if same else 0

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """Both home regions."""
        gap = gap_on_record("home region", mentor.home_region, mentee.home_region)
        if gap:
            return gap
        if mentor.home_region == mentee.home_region:
            return f"both are based in {mentor.home_region}"
        return f"the mentor is based in {mentor.home_region}, the mentee in {mentee.home_region}"
