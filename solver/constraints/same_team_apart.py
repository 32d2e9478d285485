"""The rule `same_team_apart`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from models.domain.base import canonical_json
from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import MISSING, codes, two_texts
from solver.rule import HardConstraint, IntArray, KeyedLimit, Membership, Shares
from solver.wording import listed


class SameTeamApart(HardConstraint):
    """Two mentees of one team never share a mentor. One team code is one team, whatever the
    department; somebody without a team shares it with nobody."""

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each mentor position and team of mentees."""
        teams = sorted({p.team for p in problem.mentees if p.team is not None})
        number = {name: place for place, name in enumerate(teams)}
        _, team = codes(teams, [p.team for p in problem.mentees])

        def groups(mentors: IntArray, mentees: IntArray) -> IntArray:
            own = team[mentees].astype(np.int64)
            return np.where(own == MISSING, MISSING, np.asarray(mentors) * len(teams) + own)

        def label(code: int) -> str:
            mentor, of_mentee = divmod(code, len(teams))
            return _label(problem.mentors[mentor].reference, teams[of_mentee])

        def code(label: str) -> int:
            mentor, of_mentee = two_texts(label)
            return problem.mentor_at[mentor] * len(teams) + number[of_mentee]

        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=(Membership(groups),),
            bounds=lambda codes: (np.zeros_like(codes), np.ones_like(codes)),
            label=label,
            code=code,
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """The mentor with the mentee's team, where there is one."""
        return () if mentee.team is None else ((_label(mentor.reference, mentee.team), 1),)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """At most one mentee of a team with one mentor."""
        return 0, 1

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Mentors with several mentees of one team."""
        together: dict[tuple[str, str], list[str]] = defaultdict(list)
        for pair in pairs:
            team = problem.by_reference[pair.mentee].team
            if team is not None:
                together[pair.mentor, team].append(pair.mentee)
        return [
            f"{listed(sorted(mentees))} are all of the team {team} and share the mentor {mentor}"
            for (mentor, team), mentees in sorted(together.items())
            if len(mentees) > 1
        ]


def _label(mentor: str, team: str) -> str:
    """Mentor and team as a JSON list, which no text of theirs can be mistaken for."""
    return canonical_json([mentor, team])
