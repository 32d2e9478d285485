"""The judge's two voices agree in every figure, and what they call a bound is one."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.bound import Priced
from solver.judge.facts import candidate_pairs
from solver.judge.survey import Question, array_survey, plain_survey
from solver.levels import LEVELS
from solver.rulebook import choose_rules
from solver.scoring.screen import Screen
from tests.exhaustive import best_answer
from tests.limited_rounds import limited_rounds
from tests.random_prices import random_prices
from tests.strategies import small_rounds

MANY = settings(max_examples=150, deadline=None, derandomize=True)


@MANY
@given(problem=small_rounds() | limited_rounds(), chance=st.randoms(use_true_random=True))
def test_both_judges_agree_in_every_figure(problem: Problem, chance: Random) -> None:
    """Bounds under any prices, ranks of any pairs, and everybody's number of options."""
    question = _question(problem, chance)
    plain = plain_survey(question, candidate_pairs(problem, question.rules))
    arrays = array_survey(question, Screen(problem, question.rules))
    assert (plain.method, arrays.method) == ("plain", "arrays")
    assert replace(plain, method="arrays") == arrays


@pytest.mark.slow
@MANY
@given(problem=small_rounds() | limited_rounds(), chance=st.randoms(use_true_random=True))
def test_no_prices_give_a_bound_below_the_optimum(problem: Problem, chance: Random) -> None:
    """Weak duality: wrong prices prove less, and never anything wrong."""
    best = best_answer(problem)
    assume(best is not None)
    assert best is not None
    optimum = dict(zip(problem.policy.levels, best.values, strict=True))
    rules = choose_rules(problem.policy)
    priced = [
        Priced(problem, rules, LEVELS[name], random_prices(chance, problem, name))
        for name in problem.policy.levels
    ]
    seen = plain_survey(
        Question(problem, rules, (), (), priced, optimum), candidate_pairs(problem, rules)
    )
    assert all(seen.bounds[name] >= value for name, value in optimum.items())


def _question(problem: Problem, chance: Random) -> Question:
    """What nobody would ask: some candidate pairs, any values, any prices."""
    rules = choose_rules(problem.policy)
    candidates = list(candidate_pairs(problem, rules))
    made = chance.sample(candidates, chance.randint(0, len(candidates)))
    return Question(
        problem=problem,
        rules=rules,
        pairs=[Pair(mentor=m.reference, mentee=e.reference) for m, e, _ in made],
        points=[points for _, _, points in made],
        priced=[
            Priced(problem, rules, LEVELS[name], random_prices(chance, problem, name))
            for name in problem.policy.levels
        ],
        values={name: chance.randint(0, 1 << 30) for name in problem.policy.levels},
    )
