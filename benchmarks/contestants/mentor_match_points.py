"""The package `mentor-match` as an engine: it is handed our points instead of its own rules.

It knows neither capacities nor levels, so every place of a mentor is a mentor of its own, the
one rule of its one exercise looks a pair's points up, and a big weight on every eligible pair
puts coverage first.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matching.match import Match
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data

from benchmarks.scored_round import Choice, ScoredRound, play

ANY_GRADE = 0


class PointsOfPair:
    """A rule of the rival's: the weighted points of an eligible pair, and no other pair."""

    def __init__(self, points: Mapping[tuple[int, int], int]) -> None:
        self._points = points

    def apply(self, match: Match) -> int:
        """The score, as the rival asks every rule for it."""
        points = self._points.get((match.mentor.role, match.mentee.role))
        match.disallowed = points is None
        return points or 0

    def evaluate(self, match: Match) -> bool:
        """Whether the pair is eligible."""
        return (match.mentor.role, match.mentee.role) in self._points


def one_exercise(given: ScoredRound) -> Choice:
    """The pairs of one exercise, in which everybody gets at most one partner."""
    given.one_mentor_each()
    pairs = given.pairs
    keys = zip(pairs.mentors.tolist(), pairs.mentees.tolist(), strict=True)
    rule = PointsOfPair(dict(zip(keys, given.weighted_points.tolist(), strict=True)))
    mentors = [
        Mentor(email=f"M{mentor}.{place}", role=mentor, grade=ANY_GRADE)
        for mentor, places in enumerate(given.capacity.tolist())
        for place in range(places)
    ]
    wanting = np.flatnonzero(given.wants).tolist()
    mentees = [Mentee(email=f"E{mentee}", role=mentee, grade=ANY_GRADE) for mentee in wanting]
    process_data(mentors, mentees, [[rule]])
    made = {(mentor.role, mentee.role) for mentor in mentors for mentee in mentor.mentees}
    held = zip(pairs.mentors.tolist(), pairs.mentees.tolist(), strict=True)
    return Choice(
        pairs.where(np.array([pair in made for pair in held], dtype=np.bool_)), optimal=True
    )


if __name__ == "__main__":
    play(one_exercise)
