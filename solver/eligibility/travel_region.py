"""The rule `travel_region`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.encoding import bitmasks, membership
from solver.rule import BoolArray, EligibilityRule, IntArray, PairTest
from solver.wording import listed

REMOTE = ""
"""Stands for meeting remotely among the places to meet; no region has an empty name."""


class TravelRegion(EligibilityRule):
    """The two share a region that both would travel to or, with `allow_remote`, both accept
    remote mentoring. Somebody who names no region and does not accept remote fits nobody."""

    dense = True
    looks_no_further = True

    allow_remote: bool = Field(default=True, strict=True)

    def vectorised(self, problem: Problem) -> PairTest:
        """Looks for a place to meet that both sides' bit masks hold."""
        giver_places = [self._places(p) for p in problem.mentors]
        taker_places = [self._places(p) for p in problem.mentees]
        named = sorted({place for places in giver_places for place in places})
        columns = {place: column for column, place in enumerate(named)}
        givers = bitmasks(membership(giver_places, columns))
        takers = bitmasks(membership(taker_places, columns))

        def shares_a_place(mentors: IntArray, mentees: IntArray) -> BoolArray:
            found = (givers[0][mentors] & takers[0][mentees]) != 0
            for giver, taker in zip(givers[1:], takers[1:], strict=True):
                found |= (giver[mentors] & taker[mentees]) != 0
            return np.asarray(found)

        return shares_a_place

    def permits(self, problem: Problem, mentor: Participant, mentee: Participant) -> bool:
        """Looks for a shared region, or remote on both sides."""
        remotely = self.allow_remote and mentor.remote and mentee.remote
        return remotely or any(region in mentee.regions for region in mentor.regions)

    def because(self, problem: Problem, mentor: Participant, mentee: Participant) -> str:
        """The shared regions, or where each would travel to and who accepts remote."""
        shared = [region for region in mentor.regions if region in mentee.regions]
        if shared:
            return f"both would travel to {listed(shared)}"
        if self.permits(problem, mentor, mentee):
            return "both accept remote mentoring"
        places, others = (listed(p.regions) or "no region" for p in (mentor, mentee))
        remotely = self._remotely(mentor, mentee)
        return f"the mentor would travel to {places}, the mentee to {others}; {remotely}"

    def _places(self, participant: Participant) -> Sequence[str]:
        if self.allow_remote and participant.remote:
            return (*participant.regions, REMOTE)
        return participant.regions

    def _remotely(self, mentor: Participant, mentee: Participant) -> str:
        if not self.allow_remote:
            return "remote mentoring does not count here"
        if mentor.remote or mentee.remote:
            return f"only the {'mentor' if mentor.remote else 'mentee'} accepts remote mentoring"
        return "neither accepts remote mentoring"
