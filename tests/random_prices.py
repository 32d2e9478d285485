"""Prices as nobody would choose them: whatever they are, the bound they give has to hold."""

from __future__ import annotations

from random import Random

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules

SIZES = (0, 1, 3, 1_000, 45_000, 1 << 24)


def random_prices(chance: Random, problem: Problem, level: str) -> Prices:
    """Prices of any sign for people and groups, of a level's own size or far beyond it.

    The multipliers of earlier levels are at least 0, as they have to be.
    """
    before = problem.policy.levels[: problem.policy.levels.index(level)]
    return Prices(
        mentors={p.reference: _price(chance) for p in problem.mentors if chance.random() < 0.7},
        mentees={p.reference: _price(chance) for p in problem.mentees if chance.random() < 0.7},
        limits={
            name: {label: _price(chance) for label in labels if chance.random() < 0.7}
            for name, labels in _labels(problem).items()
            if chance.random() < 0.5
        },
        earlier={name: abs(_price(chance)) for name in before if chance.random() < 0.5},
        scale=chance.choice((1, 1, 2, 1_000)),
    )


def _price(chance: Random) -> int:
    return chance.choice((-1, 1, 1)) * chance.choice(SIZES) * chance.randint(0, 3)


def _labels(problem: Problem) -> dict[str, list[str]]:
    """The groups of each limit that some candidate pair belongs to."""
    rules = choose_rules(problem.policy)
    found = list(candidate_pairs(problem, rules))
    labels = {
        rule.name: {label for m, e, _ in found for label, _ in rule.shares(problem, m, e)}
        | {label for e in problem.mentees if (label := rule.matched_group(problem, e))}
        for rule in rules.constraints
    }
    return {name: sorted(some) for name, some in labels.items()}
