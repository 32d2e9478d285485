"""What one more mentor of each kind would add: the recruitment list's second half."""

from __future__ import annotations

import numpy as np

from models.domain.explanation import Recruit
from solver.questions.forcing import Forcing
from solver.questions.newcomers import Newcomers
from solver.questions.side import Side


def recruits(forcing: Forcing) -> list[Recruit]:
    """One more mentor with one place in each segment that has mentors, best first."""
    newcomers = Newcomers(Side(forcing, "mentee"))
    gains = newcomers.gains
    found = [
        Recruit(
            grade=grade,
            region=region or None,
            profession=profession or None,
            offers=person.mentoring.offers,
            mentors=len(alike),
            gains=forcing.residual.weighed.by_level(gain),
        )
        for ((grade, region, profession), alike), person, gain in zip(
            newcomers.alike.items(), newcomers.people, gains.tolist(), strict=True
        )
    ]
    order = np.argsort(-gains, kind="stable")
    return [found[place] for place in order.tolist()]
