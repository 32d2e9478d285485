"""SciPy's `linear_sum_assignment`: a dense table of mentees by mentors' places.

The table says a big weight plus points for an eligible pair and 0 for every other, so the
best assignment has the most mentees, then the most points; its cells of 0 are left out. All
numbers stay under 2^53, where floating-point numbers are still whole. It has no words for a
mentee with several mentors: two places of one mentor would be two.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.scored_round import Choice, ScoredRound, play


def best_assignment(given: ScoredRound) -> Choice:
    """The best assignment, as pairs."""
    given.one_mentor_each()
    pairs, capacity = given.pairs, given.capacity
    first_place = np.cumsum(capacity) - capacity
    worth = np.zeros((len(given.wants), int(capacity.sum())))
    for nth in range(int(capacity.max(initial=0))):
        has = capacity[pairs.mentors] > nth
        places = first_place[pairs.mentors[has]] + nth
        worth[pairs.mentees[has], places] = given.weighted_points[has]
    worth[given.wants == 0] = 0
    mentees, places = linear_sum_assignment(worth, maximize=True)
    made = worth[mentees, places] > 0
    mentors = np.repeat(np.arange(len(capacity)), capacity)[places[made]]
    chosen = mentors * len(given.wants) + mentees[made]
    of_pairs = pairs.mentors.astype(np.int64) * len(given.wants) + pairs.mentees
    return Choice(pairs.where(np.isin(of_pairs, chosen)), optimal=True)


if __name__ == "__main__":
    play(best_assignment)
