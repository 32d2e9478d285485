"""The judge of small rounds: every answer there is, by plain Python and no shared code.

Mentees are taken one after another. What was chosen so far matters to the rest only through
the mentors' loads and the groups of further limits, so the best partial answers are kept for
each such state: exhaustive, without listing every combination.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.levels import LEVELS
from solver.rulebook import choose_rules

Chosen = tuple[tuple[str, str], ...]


TOLD_BY_LOADS = ("mentor_capacity", "mentee_demand", "group_minimum")
"""Whether these hold can be told from the mentors' loads and the mentees taken one by one."""


@dataclass(frozen=True)
class Best:
    """The best values, level by level, and the smallest sorted list of pairs that has them."""

    values: tuple[int, ...]
    pairs: Chosen


def best_answer(
    problem: Problem,
    candidates: Iterable[tuple[Participant, Participant, int]] | None = None,
    least_points: int = 0,
) -> Best | None:
    """The lexicographic optimum over every answer; None where no answer keeps the rules.

    `candidates` are the pairs with their points, where they are not those of the rules. With
    `least_points` no pair of an answer is worth fewer.
    """
    rules = choose_rules(problem.policy)
    if candidates is None:
        candidates = candidate_pairs(problem, rules)
    candidates = [candidate for candidate in candidates if candidate[-1] >= least_points]
    options: dict[str, list[tuple[Participant, int]]] = {p.reference: [] for p in problem.mentees}
    for mentor, mentee, points in candidates:
        options[mentee.reference].append((mentor, points))
    levels = [LEVELS[name] for name in problem.policy.levels]
    zero = tuple(0 for _ in levels)
    states: dict[frozenset[tuple[str, int]], tuple[tuple[int, ...], set[Chosen]]]
    states = {frozenset(): (zero, {()})}
    for mentee in problem.mentees:
        states = _after(problem, rules, levels, states, mentee, options[mentee.reference])
    finished = [
        (values, chosen)
        for values, lists in states.values()
        for chosen in lists
        if not _breaches(problem, rules, chosen)
    ]
    if not finished:
        return None
    most = max(values for values, _ in finished)
    return Best(most, min(tuple(sorted(c)) for values, c in finished if values == most))


def _after(problem, rules, levels, states, mentee, options):
    """The best partial answers after one more mentee, by state."""
    pinned = {pin.mentor for pin in problem.pins if pin.mentee == mentee.reference}
    following: dict = {}
    for state, (values, lists) in states.items():
        for size in range(min(mentee.learning.wants, len(options)) + 1):
            for taken in combinations(options, size):
                if not pinned <= {mentor.reference for mentor, _ in taken}:
                    continue
                loads = Counter(dict(state))
                gained = list(values)
                for nth, (mentor, points) in enumerate(taken, start=1):
                    loads[mentor.reference] += 1
                    for group, size in _shares(problem, rules, mentor, mentee, nth):
                        loads[group] += size
                    nth_mentee = loads[mentor.reference]
                    for k, level in enumerate(levels):
                        gained[k] += (
                            level.pair_gain(problem, mentor.reference, mentee.reference, points)
                            + level.mentee_gain(mentee, nth)
                            + level.mentor_gain(rules, mentor, nth_mentee)
                        )
                if any(loads[m.reference] > m.mentoring.capacity for m, _ in taken):
                    continue
                key = frozenset(loads.items())
                more = {
                    (*chosen, *((m.reference, mentee.reference) for m, _ in taken))
                    for chosen in lists
                }
                known = following.get(key)
                if known is None or tuple(gained) > known[0]:
                    following[key] = (tuple(gained), more)
                elif tuple(gained) == known[0]:
                    known[1].update(more)
    return following


def _shares(problem, rules, mentor, mentee, nth):
    """What the mentee's n-th pair counts in groups beyond the two people's own places."""
    for rule in rules.constraints:
        if rule.name in TOLD_BY_LOADS:
            continue
        for label, size in rule.shares(problem, mentor, mentee):
            yield f"{rule.name}:{label}", size
        matched = rule.matched_group(problem, mentee)
        if nth == 1 and matched is not None:
            yield f"{rule.name}:{matched}", 1


def _breaches(problem, rules, chosen):
    pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in chosen]
    return [breach for rule in rules.constraints for breach in rule.breaches(problem, pairs)]
