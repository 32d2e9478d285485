"""Every eligible partner of one person, with what choosing them would cost the round."""

from __future__ import annotations

import numpy as np

from models.domain.explanation import Alternative
from solver.questions.forcing import Forcing
from solver.questions.paths import Distances
from solver.questions.residual import FAR
from solver.rule import IntArray


def mentors_for(forcing: Forcing, mentee: str) -> list[Alternative]:
    """Every eligible mentor of a mentee, those that cost least first; from one search."""
    residual = forcing.residual
    target = residual.mentee_place[mentee]
    places = np.flatnonzero(residual.every.mentees == target)
    starts = residual.every.mentors[places] + np.int64(residual.network.mentees)
    return _told(forcing, forcing.paths.to_mentee(target), places, starts)


def mentees_for(forcing: Forcing, mentor: str) -> list[Alternative]:
    """Every eligible mentee of a mentor, those that cost least first; from one search."""
    residual = forcing.residual
    place = residual.mentor_place[mentor]
    places = np.flatnonzero(residual.every.mentors == place)
    found = forcing.paths.from_mentor(residual.network.mentees + place)
    return _told(forcing, found, places, residual.every.mentees[places].astype(np.int64))


def _told(
    forcing: Forcing, found: Distances, places: IntArray, ends: IntArray
) -> list[Alternative]:
    residual = forcing.residual
    ways = found.length[ends]
    losses = np.where(residual.used[places], 0, ways + residual.lengths[places])
    possible = (ways < FAR) | residual.used[places]
    order = np.lexsort((residual.every.mentors[places], residual.every.mentees[places], losses))
    order = order[possible[order]]
    places = places[order]
    points, made = residual.every.points[places].tolist(), residual.used[places].tolist()
    by_level = residual.weighed.all_by_level(losses[order])
    return [
        Alternative(mentor=mentor, mentee=mentee, points=worth, made=stands, losses=lost)
        for (mentor, mentee), worth, stands, lost in zip(
            map(forcing.pair, places.tolist()), points, made, by_level, strict=True
        )
    ]
