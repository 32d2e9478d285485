from __future__ import annotations

import numpy as np

from solver.judge.ranks import Ranks
from tests.builders import a_mentor, a_problem


def test_ranks_count_better_options_over_several_lists() -> None:
    people = a_problem(a_mentor("M1", capacity=2), a_mentor("M2")).mentors
    place = {person.reference: n for n, person in enumerate(people)}
    ranks = Ranks(people, ["M1", "M2", "M1"], [5, 7, 9], most_points=10)
    for points in ([4, 6, 10], [9, 5, 8]):
        ranks.add(np.full(3, place["M1"]), np.array(points))
    assert ranks.told() == (5, 1, 2)


def test_only_points_above_somebodys_lowest_pair_matter() -> None:
    """Nothing matters for somebody without a pair: no candidate has more than the most."""
    people = a_problem(a_mentor("M1", capacity=2), a_mentor("M2")).mentors
    ranks = Ranks(people, ["M1", "M1"], [9, 5], most_points=10)
    matters = dict(zip((p.reference for p in people), ranks.matters_from.tolist(), strict=True))
    assert matters == {"M1": 6, "M2": 11}
