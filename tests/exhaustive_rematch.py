"""The judge of re-matching on small rounds: for each number of pairs kept, the best there is.

Plain Python, from the definitions alone: every answer is looked at, mentee by mentee, and of
those with the same loads and as many pairs kept only the best goes on.
"""

from __future__ import annotations

from itertools import combinations

from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules

Reached = tuple[int, int]
"""Mentees matched and points."""


def best_by_kept(problem: Problem, earlier: set[tuple[str, str]]) -> dict[int, Reached]:
    """The most mentees matched, and then points, of the answers that keep just so many pairs.

    The round has no limits but places and pins; `earlier` are the pairs by reference.
    """
    mentors = [mentor.reference for mentor in problem.mentors]
    places = [mentor.mentoring.capacity for mentor in problem.mentors]
    options: dict[str, list[tuple[int, int, bool]]] = {p.reference: [] for p in problem.mentees}
    for mentor, mentee, points in candidate_pairs(problem, choose_rules(problem.policy)):
        pair = mentor.reference, mentee.reference
        options[pair[1]].append((mentors.index(pair[0]), points, pair in earlier))
    best: dict[tuple[tuple[int, ...], int], Reached] = {((0,) * len(mentors), 0): (0, 0)}
    for mentee in problem.mentees:
        pinned = {mentors.index(m) for m, e in problem.pinned if e == mentee.reference}
        following: dict[tuple[tuple[int, ...], int], Reached] = {}
        for size in range(mentee.learning.wants + 1):
            for taken in combinations(options[mentee.reference], size):
                if not pinned <= {place for place, *_ in taken}:
                    continue
                for (loads, kept), (matched, points) in best.items():
                    loaded = list(loads)
                    for place, *_ in taken:
                        loaded[place] += 1
                    if any(load > most for load, most in zip(loaded, places, strict=True)):
                        continue
                    state = tuple(loaded), kept + sum(stood for *_, stood in taken)
                    more = sum(worth for _, worth, _ in taken)
                    reached = matched + bool(taken), points + more
                    following[state] = max(following.get(state, reached), reached)
        best = following
    found: dict[int, Reached] = {}
    for (_, kept), reached in best.items():
        found[kept] = max(found.get(kept, reached), reached)
    return found
