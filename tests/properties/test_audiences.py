"""Participants read nothing of anybody's data, and nobody ever reads a characteristic.

Every text of every person carries a mark, and characteristics another one; whatever is told is
searched for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from models.domain.explanation import WhyNot
from models.domain.participant import Participant
from models.domain.problem import Problem
from models.domain.result import Role
from solver.questions.changed_rounds import weighable, with_weight
from solver.questions.telling.for_participants import SMALLEST_GROUP
from solver.questions.telling.tell import Explanation, tell
from solver.questions.why import WhyPairs
from solver.questions.why_not import WhyNots
from solver.rulebook import choose_rules
from tests.builders import a_problem
from tests.forcings import forcing_of
from tests.in_process import solve_here
from tests.strategies import a_small_round

MARK, CHARACTERISTIC = "¤", "§"
SPECIAL = ("characteristics", "seeks_characteristic")
UNMARKED = ("experience",)


def a_marked_round(seed: int) -> Problem:
    """The small round of a seed with a mark on every text, and characteristics weighed."""
    problem = a_small_round(seed)
    people = [Participant.model_validate(_marked(p.model_dump())) for p in problem.participants]
    marked = a_problem(
        *people,
        policy=problem.policy,
        pins=_marked_pairs(problem.pins),
        bars=_marked_pairs(problem.bars),
        earlier=_marked_pairs(problem.earlier),
        ladder=tuple(f"{MARK}{grade}" for grade in problem.ladder),
    )
    rule = weighable(marked)["shared_characteristic"]
    # More points than before leave every pin above a floor.
    return with_weight(marked, rule, max(rule.weight, 6))


def _marked(value: Any, mark: str = MARK) -> Any:
    if isinstance(value, str):
        return f"{mark}{value}"
    if isinstance(value, (list, tuple)):
        return [_marked(one, mark) for one in value]
    if isinstance(value, dict):
        return {
            name: one
            if name in UNMARKED
            else _marked(one, CHARACTERISTIC if name in SPECIAL else mark)
            for name, one in value.items()
        }
    return value


def _marked_pairs(pairs: Any) -> list[tuple[str, str]]:
    return [(f"{MARK}{pair.mentor}", f"{MARK}{pair.mentee}") for pair in pairs]


def explanations(problem: Problem, seed: int) -> Iterator[Explanation]:
    """Every pair, everybody left over, some pairs that were not made, and everybody's ties."""
    rules, result = choose_rules(problem.policy), solve_here(problem)
    forcing = forcing_of(problem, result)
    ask = WhyNots(problem, rules, result, forcing, _not_known).ask
    whys = WhyPairs(problem, rules, result, forcing, ask, solve_here)
    for pair in result.pairs:
        why = whys.ask(pair.mentor, pair.mentee)
        assert why is not None
        yield why
        yield whys.ties(pair.mentee, "mentee")
    yield from (*result.unmatched, *result.short)
    references = [person.reference for person in problem.participants]
    chance = Random(seed)
    for _ in range(10):
        yield ask(*chance.choices(references, k=2))


def _not_known(mentor: str, mentee: str) -> WhyNot:
    return WhyNot(mentor=mentor, mentee=mentee, verdict="unknown", because="not worked out")


def assert_nothing_is_given_away(seeds: range) -> int:
    told = 0
    roles: tuple[Role, ...] = ("mentor", "mentee")
    for seed in seeds:
        problem = a_marked_round(seed)
        for explanation in explanations(problem, seed):
            for role in roles:
                lines = tell(explanation, "participant", "digest", role)
                assert not [line for line in lines if MARK in line or CHARACTERISTIC in line]
                assert all(int(n) >= SMALLEST_GROUP for n in re.findall(r"\d+", " ".join(lines)))
                told += len(lines)
            for audience in ("planner", "auditor"):
                lines = tell(explanation, audience, "digest")
                assert not [line for line in lines if CHARACTERISTIC in line]
    return told


def test_the_marks_are_there_to_be_found() -> None:
    """Planners are told references; and some mentee does seek a characteristic."""
    problem = a_marked_round(3)
    assert any(MARK in line for e in explanations(problem, 3) for line in tell(e, "planner"))
    seeking = [p.mentee and p.mentee.seeks_characteristic for p in problem.participants]
    assert any(word and word.startswith(CHARACTERISTIC) for word in seeking)


def test_nothing_of_anybody_is_given_away() -> None:
    assert assert_nothing_is_given_away(range(60)) > 300


@pytest.mark.slow
@pytest.mark.parametrize("first", range(60, 1060, 200))
def test_nothing_of_anybody_is_given_away_in_many_rounds(first: int) -> None:
    assert assert_nothing_is_given_away(range(first, first + 200)) > 1000
