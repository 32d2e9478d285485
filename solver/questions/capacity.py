"""What one more place with each mentor would add: the recruitment list's first half."""

from __future__ import annotations

from models.domain.explanation import Change, NextPlace
from solver.questions.forcing import Forcing


def next_places(forcing: Forcing) -> list[NextPlace]:
    """Every mentor's next place, those that add most first."""
    residual = forcing.residual
    gains = {
        mentor.reference: -min(0, _length(forcing, place))
        for place, mentor in enumerate(residual.problem.mentors)
    }
    order = sorted(gains, key=lambda reference: (-gains[reference], reference))
    return [
        NextPlace(mentor=reference, gains=residual.weighed.by_level(gains[reference]))
        for reference in order
    ]


def with_next_place(forcing: Forcing, mentor: str) -> Change | None:
    """The change that one more place with a mentor would allow; None where it adds nothing, or
    where none is known to keep every limit."""
    place = forcing.residual.mentor_place[mentor]
    if _length(forcing, place) >= 0:
        return None
    return forcing.to_fill(place)


def _length(forcing: Forcing, place: int) -> int:
    """The loss in the weighed sum, below 0 for a gain: the way to the mentor, then a new place."""
    residual = forcing.residual
    mentor, node = residual.problem.mentors[place], residual.network.mentees + place
    nth = mentor.mentoring.capacity + 1
    gain = residual.weighed.mentor_gain(residual.rules, mentor, nth)
    new_place = -(gain + int(residual.weighed.nodes[node]))
    return new_place + int(forcing.paths.from_root.length[node])
