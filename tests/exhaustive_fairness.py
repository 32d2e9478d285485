"""The judge of fairness on small rounds: every floor there could be, and every pair that blocks."""

from __future__ import annotations

from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules
from tests.exhaustive import Best, Chosen, best_answer

WORST = "worst_points"


def best_under_max_floor(problem: Problem) -> Best | None:
    """The best answer of the highest floor at which the levels before lose nothing.

    Every floor is tried, from the highest points of a pair down, on all answers there are.
    """
    names = problem.policy.levels
    before = names.index(WORST)
    update = {"levels": tuple(name for name in names if name != WORST), "fairness": None}
    plain = problem.changed(policy=problem.policy.model_copy(update=update))
    rules = choose_rules(plain.policy)
    points = {points for *_, points in candidate_pairs(plain, rules)}
    best = best_answer(plain)
    if best is None or not best.pairs:
        most = 1000 * sum(rule.weight for rule in rules.objectives)
        return best and Best((*best.values[:before], most, *best.values[before:]), ())
    for floor in sorted(points, reverse=True):
        found = best_answer(plain, least_points=floor)
        if found and found.values[:before] == best.values[:before]:
            return Best((*found.values[:before], floor, *found.values[before:]), found.pairs)
    raise AssertionError("the lowest points are a floor that loses nothing")


def blocking(problem: Problem, made: Chosen, tolerance: int) -> dict[tuple[str, str], int]:
    """Every blocking pair with what both gain by it, told from the definition alone."""
    worth = {
        (mentor.reference, mentee.reference): points
        for mentor, mentee, points in candidate_pairs(problem, choose_rules(problem.policy))
    }
    found = {}
    for (mentor, mentee), points in worth.items():
        if (mentor, mentee) in made:
            continue
        giver, taker = problem.by_reference[mentor], problem.by_reference[mentee]
        places = (
            ([worth[pair] for pair in made if pair[0] == mentor], giver.mentoring.capacity),
            ([worth[pair] for pair in made if pair[1] == mentee], taker.learning.wants),
        )
        gains = [points if len(held) < room else points - min(held) for held, room in places]
        free = [len(held) < room for held, room in places]
        wanted = [is_free or gain > tolerance for is_free, gain in zip(free, gains, strict=True)]
        if all(wanted):
            found[mentor, mentee] = min(gains)
    return found
