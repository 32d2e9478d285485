"""The package `matching`: a stable matching of mentees and mentors, best for the mentees.

Everybody's list of preferences is everybody eligible for them, by points; the lists are
strict, so equals stand in the order of the round. Stability is another aim than ours: nobody
can say how many mentees are matched or with how many points, only that no two people would
both rather have each other.
"""

from __future__ import annotations

import sys

import numpy as np
from matching.games import HospitalResident

from benchmarks.scored_round import Choice, ScoredRound, play
from solver.rule import IntArray

DEEP = 10_000_000
"""The package copies its players by recursion, one level or more for each of them."""


def stable_matching(given: ScoredRound) -> Choice:
    """The stable matching, by the game of hospitals (mentors) and residents (mentees)."""
    given.one_mentor_each()
    sys.setrecursionlimit(DEEP)
    pairs = given.pairs.where(
        (given.capacity[given.pairs.mentors] > 0) & (given.wants[given.pairs.mentees] > 0)
    )
    game = HospitalResident.create_from_dictionaries(
        _preferences(pairs.mentees, pairs.mentors, pairs.points),
        _preferences(pairs.mentors, pairs.mentees, pairs.points),
        dict(enumerate(given.capacity.tolist())),
    )
    made = {
        (mentor.name, mentee.name)
        for mentor, mentees in game.solve(optimal="resident").items()
        for mentee in mentees
    }
    held = zip(pairs.mentors.tolist(), pairs.mentees.tolist(), strict=True)
    return Choice(pairs.where(np.array([pair in made for pair in held], dtype=np.bool_)))


def _preferences(people: IntArray, others: IntArray, points: IntArray) -> dict[int, list[int]]:
    """For each of these people the others, best first."""
    order = np.lexsort((others, -points, people))
    named, first = np.unique(people[order], return_index=True)
    lists = np.split(others[order], first[1:])
    return {person: ranked.tolist() for person, ranked in zip(named.tolist(), lists, strict=True)}


if __name__ == "__main__":
    play(stable_matching)
