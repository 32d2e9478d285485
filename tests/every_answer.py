"""Every answer of a small round, one after another, for judges that no table of states serves.

Plain Python and no shared code, as in `tests/exhaustive.py`; but nothing is summed up on the way,
so a round may only have a few thousand answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.levels import LEVELS, value_of
from solver.rulebook import choose_rules

Chosen = tuple[tuple[str, str], ...]
Triples = list[tuple[str, str, int]]


def every_answer(problem: Problem) -> Iterator[Triples]:
    """Every answer that keeps the rules, as (mentor, mentee, points)."""
    rules = choose_rules(problem.policy)
    options: dict[str, list[tuple[str, int]]] = {p.reference: [] for p in problem.mentees}
    for mentor, mentee, points in candidate_pairs(problem, rules):
        options[mentee.reference].append((mentor.reference, points))
    places = {p.reference: p.mentoring.capacity for p in problem.mentors}
    for triples in _choices(problem, options, list(problem.mentees), places):
        pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee, _ in triples]
        if not any(rule.breaches(problem, pairs) for rule in rules.constraints):
            yield triples


def best_of_all(
    problem: Problem,
    own_levels: Mapping[str, Callable[[Triples], int]] | None = None,
    is_allowed: Callable[[Chosen], bool] = lambda chosen: True,
) -> tuple[tuple[int, ...], Chosen] | None:
    """The best values of the policy's levels, and the smallest sorted list of pairs with them.

    `own_levels` say what those levels count that are no sums.
    """
    rules, own = choose_rules(problem.policy), own_levels or {}
    best: tuple[tuple[int, ...], Chosen] | None = None
    for triples in every_answer(problem):
        values = tuple(
            own[name](triples) if name in own else value_of(LEVELS[name], problem, rules, triples)
            for name in problem.policy.levels
        )
        if best is not None and values < best[0]:
            continue
        chosen = tuple(sorted((mentor, mentee) for mentor, mentee, _ in triples))
        if not is_allowed(chosen):
            continue
        if best is None or values > best[0] or chosen < best[1]:
            best = values, chosen
    return best


def _choices(problem, options, mentees, places):
    """Mentees one after another, each with any of the mentors who still have a place."""
    if not mentees:
        yield []
        return
    mentee, *others = mentees
    free = [(mentor, worth) for mentor, worth in options[mentee.reference] if places[mentor]]
    for size in range(min(mentee.learning.wants, len(free)) + 1):
        for taken in combinations(free, size):
            for mentor, _ in taken:
                places[mentor] -= 1
            triples = [(mentor, mentee.reference, worth) for mentor, worth in taken]
            for more in _choices(problem, options, others, places):
                yield triples + more
            for mentor, _ in taken:
                places[mentor] += 1
