"""A search that begins with a result of a round like its own is right whatever that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from models.domain.certificate import Prices
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.judge.verify import verify_result
from solver.search import together
from solver.search.first_answer import NoAnswerError
from tests.in_process import solve_here
from tests.limited_rounds import a_limited_round, free_pins
from tests.plain_mip import PlainProgramme
from tests.wide_rounds import solve_as_large

FEW = 2
"""So many rounds of a test may be left open: those with a gap that no engine closes."""


@pytest.fixture(autouse=True)
def _as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    solve_as_large(monkeypatch)


def solved(seeds: range) -> Iterator[tuple[int, Problem, MatchResult]]:
    """Rounds that have an answer, with it."""
    for seed in seeds:
        problem = a_limited_round(seed)
        try:
            yield seed, problem, solve_here(problem)
        except NoAnswerError:
            continue


def pinned(problem: Problem, chance: Random) -> Problem:
    """One more pair must be made; it may not be possible."""
    pairs = free_pins(problem)
    if not pairs:
        return problem
    mentor, mentee = chance.choice(pairs)
    return problem.with_pin(Pair(mentor=mentor, mentee=mentee))


def withdrawn(problem: Problem, chance: Random) -> Problem:
    """Somebody whom no pin names is gone."""
    named = {name for pin in problem.pins for name in (pin.mentor, pin.mentee)}
    free = [person for person in problem.participants if person.reference not in named]
    gone = chance.choice(free) if free else None
    kept = tuple(person for person in problem.participants if person is not gone)
    return problem.changed(participants=kept)


def with_one_more_place(problem: Problem, chance: Random) -> Problem:
    """Some mentor takes one mentee more."""
    mentor = chance.choice(problem.mentors)
    section = mentor.mentoring.model_copy(update={"capacity": mentor.mentoring.capacity + 1})
    more = mentor.model_copy(update={"mentor": section})
    people = [more if person is mentor else person for person in problem.participants]
    return problem.changed(participants=tuple(people))


def with_another_weight(problem: Problem, chance: Random) -> Problem:
    """One soft objective counts for more, or for less."""
    weighed = [rule for rule in problem.policy.rules if "weight" in rule.settings]
    if not weighed:
        return problem
    changed = chance.choice(weighed)
    settings = {**changed.settings, "weight": chance.randint(1, 100)}
    new = changed.model_copy(update={"settings": settings})
    rules = tuple(new if rule is changed else rule for rule in problem.policy.rules)
    return problem.changed(policy=problem.policy.model_copy(update={"rules": rules}))


CHANGES = (pinned, withdrawn, with_one_more_place, with_another_weight)


def assert_right(seed: int, problem: Problem, start: MatchResult) -> bool:
    """Against a plain programme of the whole round; whether every level is proved."""
    best = PlainProgramme(problem).best_values()
    try:
        found = solve_here(problem, start=start)
    except NoAnswerError:
        assert best is None, seed
        return True
    assert best is not None, seed
    assert verify_result(problem, found).accepted, seed
    proved = found.run.solve_status == "optimal"
    values = tuple(level.value for level in found.levels[:-1])
    assert not proved or values == best[: len(values)], seed
    assert found.levels[0].bound >= best[0], seed
    return proved


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_round_is_solved_from_the_result_before_the_change(
    change: Callable[[Problem, Random], Problem],
) -> None:
    """In values and feasibility as from nothing; the result is certified and audited as any."""
    left_open = 0
    for seed, problem, result in solved(range(8)):
        changed = change(problem, Random(seed))
        if changed.mentors and changed.mentees:
            left_open += not assert_right(seed, changed, result)
    assert left_open <= FEW


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("first", range(0, 450, 50))
def test_many_changed_rounds_are_solved_from_the_result_before_the_change(
    change: Callable[[Problem, Random], Problem], first: int
) -> None:
    left_open = 0
    for seed, problem, result in solved(range(first, first + 50)):
        changed = change(problem, Random(seed))
        if changed.mentors and changed.mentees:
            left_open += not assert_right(seed, changed, result)
    assert left_open <= FEW


def test_nothing_of_the_start_is_believed() -> None:
    """Prices and pairs of another round, prices by chance, and prices that prove nothing."""
    left_open = 0
    strange = [result for _, _, result in solved(range(100, 110))]
    for seed, problem, _ in solved(range(20)):
        chance = Random(seed)
        start = chance.choice(strange)
        left_open += not assert_right(seed, problem, start)
        left_open += not assert_right(seed, problem, with_prices_by_chance(problem, start, chance))
    assert left_open <= 2 * FEW


def with_prices_by_chance(problem: Problem, start: MatchResult, chance: Random) -> MatchResult:
    """The result with prices that nobody worked out, some of them beyond what proves anything."""
    levels = tuple(
        level.model_copy(
            update={
                "name": name,
                "prices": Prices(
                    mentors={p.reference: chance.randint(-9, 9) * 1000 for p in problem.mentors},
                    mentees={p.reference: chance.randint(-9, 9) * 1000 for p in problem.mentees},
                    limits={"same_team_apart": {"nobody": 5}, "no_rule": {"": 1}},
                    earlier={"points": chance.choice((-1, 0, 1 << 70))},
                    scale=chance.choice((0, 1, 1000)),
                ),
            }
        )
        for name, level in zip(problem.policy.levels, start.certificate.levels * 2, strict=False)
    )
    certificate = start.certificate.model_copy(update={"levels": levels})
    return start.model_copy(update={"certificate": certificate})


def test_the_same_round_is_proved_again_without_relaxing_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounds = [
        (problem, result)
        for _, problem, result in solved(range(20))
        if result.run.solve_status == "optimal"
    ]

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(together, "relax_wide", refuse)
    for problem, result in rounds:
        again = solve_here(problem, start=result)
        assert [level.value for level in again.levels[:-1]] == [
            level.value for level in result.levels[:-1]
        ]
