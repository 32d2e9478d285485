"""The most points of any candidate pair of a round."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from models.domain.problem import Problem
from solver.rulebook import choose_rules
from solver.scoring.screen import Screen
from solver.scoring.threshold import Threshold

REMEMBERED = 16
"""Rounds whose figure is kept at hand: a level asks for it at every pair."""

STEPS = 16
"""Points are looked for from the top in so many steps: few pairs reach the first that has any."""

_known: OrderedDict[str, int] = OrderedDict()


def largest_points(problem: Problem) -> int:
    """The most points of any candidate pair; 0 where there is none.

    Found from the problem alone, so that everybody who asks finds the same.
    """
    known = _known.get(problem.digest)
    if known is None:
        known = _known[problem.digest] = _found(Screen(problem, choose_rules(problem.policy)))
        if len(_known) > REMEMBERED:
            _known.popitem(last=False)
    return known


def _found(screen: Screen) -> int:
    mentors, mentees = len(screen.problem.mentors), len(screen.problem.mentees)
    for step in range(STEPS - 1, -1, -1):
        least = screen.most_points * step // STEPS
        threshold = Threshold(np.full(mentors, float(least)), np.zeros(mentees))
        most = max(
            (int(block.points.max(initial=-1)) for block in screen.reaching(threshold)), default=-1
        )
        if most >= least:
            return most
    return 0
