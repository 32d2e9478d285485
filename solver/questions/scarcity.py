"""How scarce partners are: for each segment, who competes for the places open to its people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.domain.leftover import Scarcity, Segment
from models.domain.participant import Participant
from models.domain.problem import Problem
from models.domain.result import Role
from solver.questions.newcomer import segments_of
from solver.scoring.scoreboard import CandidatePairs


def scarcity(problem: Problem, pairs: CandidatePairs) -> tuple[Scarcity, ...]:
    """A row for each segment of mentees, then for each of mentors, the scarcest first.

    `pairs` are all candidate pairs.
    """
    eligible = np.zeros((len(problem.mentees), len(problem.mentors)), dtype=np.bool_)
    eligible[pairs.mentees, pairs.mentors] = True
    capacity = np.array([p.mentoring.capacity for p in problem.mentors], dtype=np.int64)
    wants = np.array([p.learning.wants for p in problem.mentees], dtype=np.int64)
    rows = _rows("mentee", problem.mentees, eligible, capacity)
    return (*rows, *_rows("mentor", problem.mentors, eligible.T, wants))


def segment_of(person: Participant) -> Segment:
    """The segment that somebody is in."""
    return Segment(grade=person.grade, region=person.home_region, profession=person.profession)


def _rows(
    role: Role, people: Sequence[Participant], eligible: np.ndarray, room: np.ndarray
) -> list[Scarcity]:
    """`eligible` has a row for each of the people and a column for each of the others."""
    place_of = {person.reference: place for place, person in enumerate(people)}
    # For each of the others a bit for everybody of this side.
    competitors = np.packbits(eligible.T, axis=1)
    rows = []
    for alike in segments_of(people).values():
        open_to = eligible[[place_of[person.reference] for person in alike]].any(axis=0)
        bits = np.bitwise_or.reduce(competitors[open_to], axis=0)
        rows.append(
            Scarcity(
                role=role,
                segment=segment_of(alike[0]),
                people=len(alike),
                places=int(room[open_to].sum()),
                eligible=int(np.bitwise_count(bits).sum()),
            )
        )
    return sorted(rows, key=_scarcest_first)


def _scarcest_first(row: Scarcity) -> tuple[float, int]:
    per_place = row.eligible / row.places if row.places else float("inf")
    return -per_place, -row.people
