"""The judge of small rounds is itself held to the plainest search there is: every subset."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.audit import audit
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules
from tests.exhaustive import Best, best_answer
from tests.limited_rounds import a_limited_round

TINY = [
    problem
    for problem in (a_limited_round(seed, most_people=3) for seed in range(150))
    if len(list(candidate_pairs(problem, choose_rules(problem.policy)))) <= 6
]


@pytest.mark.parametrize("problem", TINY)
def test_the_best_of_all_subsets_is_found(problem: Problem) -> None:
    assert best_answer(problem) == _best_of_all_subsets(problem)


def test_limited_rounds_are_a_mix_of_those_that_can_be_solved_and_those_that_cannot() -> None:
    """A random round that limits never touch would prove nothing."""
    rounds = [a_limited_round(seed, most_people=4) for seed in range(80)]
    answers = [best_answer(problem) for problem in rounds]
    solved = [(p, best) for p, best in zip(rounds, answers, strict=True) if best]
    assert 0.5 < len(solved) / len(rounds) < 0.95
    bound = [p for p, best in solved if best_answer(_without_limits(p)) != best]
    assert len(bound) > len(solved) / 3


def _best_of_all_subsets(problem: Problem) -> Best | None:
    rules = choose_rules(problem.policy)
    pairs = [
        Pair(mentor=mentor.reference, mentee=mentee.reference)
        for mentor, mentee, _ in candidate_pairs(problem, rules)
    ]
    found = []
    for chosen in chain.from_iterable(combinations(pairs, k) for k in range(len(pairs) + 1)):
        report = audit(problem, rules, chosen)
        if report.accepted:
            values = tuple(report.values[level] for level in problem.policy.levels)
            found.append((values, sorted((pair.mentor, pair.mentee) for pair in chosen)))
    if not found:
        return None
    most = max(values for values, _ in found)
    return Best(most, tuple(min(pairs for values, pairs in found if values == most)))


def _without_limits(problem: Problem) -> Problem:
    always = ("mentor_capacity", "mentee_demand", "pinned_pairs", "one_direction")
    rules = tuple(
        choice
        for choice in problem.policy.rules
        if choice.kind != "constraint" or choice.name in always
    )
    policy = problem.policy.model_copy(update={"rules": rules})
    return Problem(**dict(problem.model_dump(), policy=policy))
