"""What the weight of one soft objective can change in a round, and what it cannot."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.judge.facts import refusals
from solver.levels import LEVELS, Kept, MenteesMatched, MentorsUsed
from solver.questions.changed_rounds import weighable
from solver.rule import LoadObjective, Objective, SoftObjective
from solver.rulebook import Rules, choose_rules
from solver.scoring.scoreboard import score_pairs

POINTS = "points"


def is_convex(problem: Problem, rules: Rules) -> bool:
    """Whether eligibility and all levels before points are the same whatever the weights."""
    levels = problem.policy.levels
    before = levels[: levels.index(POINTS)] if POINTS in levels else levels
    independent = MenteesMatched | MentorsUsed | Kept
    counted = all(isinstance(LEVELS.get(name), independent) for name in before)
    return counted and not rules.floors


def pins_stand(problem: Problem) -> bool:
    """Whether every pin is eligible still; only a floor of points can have changed that."""
    rules, people = choose_rules(problem.policy), problem.by_reference
    pinned = [(people[pin.mentor], people[pin.mentee]) for pin in problem.pins if rules.floors]
    return not any(refusals(problem, rules, mentor, mentee) for mentor, mentee in pinned)


def weights_that_matter(problem: Problem, rules: Rules) -> dict[str, Objective]:
    """The soft objectives by name, but for those worth nothing for any pair that may stand."""
    every = score_pairs(problem, replace(rules, floors=()))
    return {
        name: rule
        for name, rule in weighable(problem).items()
        if not isinstance(rule, SoftObjective)
        or rule.vectorised(problem)(every.mentors, every.mentees).any()
    }


def slope_of(problem: Problem, rule: Objective, result: MatchResult) -> int:
    """What the points of these pairs gain by one more unit of the objective's weight."""
    people = problem.by_reference
    if isinstance(rule, LoadObjective):
        one = rule.model_copy(update={"weight": 1})
        loads = Counter(pair.mentor for pair in result.pairs)
        return -sum(one.cost_of(n) for load in loads.values() for n in range(1, load + 1))
    if isinstance(rule, SoftObjective):
        return sum(rule.value(problem, people[p.mentor], people[p.mentee]) for p in result.pairs)
    raise TypeError(rule)
