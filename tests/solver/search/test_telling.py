from __future__ import annotations

import io
from dataclasses import replace

import pytest

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.levels import LEVELS, value_of
from solver.relaxation.answer import Answer, LevelStand
from solver.search.messages import Done, Found
from solver.search.process import MESSAGES
from solver.search.telling import Teller
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import answer_here
from tests.mutual_rounds import a_mutual_round
from tests.strategies import a_small_round
from tests.worlds import World

LEVELS_HERE = ("mentees_matched", "points", "lottery")


def a_round() -> Problem:
    """M1 may take E1, who is worth 10,000, or E2, who is worth nothing."""
    return a_problem(
        a_mentor("M1", capacity=2, offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2"),
        policy=a_policy("grade_seniority", expertise_overlap={"weight": 10}),
    )


def an_answer(world: World, *mentees: str, solved: bool = False) -> Answer:
    stands = tuple(LevelStand(name, Prices(), bound=9, solved=solved) for name in LEVELS_HERE)
    standing = world.standing(*(("M1", mentee) for mentee in mentees))
    return Answer(world.pairs.where(standing), stands)


def told(problem: Problem, *answers: tuple[str, Answer]) -> list[Found]:
    """What is written of some answers, as the parent reads it."""
    out = io.StringIO()
    teller = Teller(out, problem, World(problem).network)
    for level, answer in answers:
        teller.tell(level, answer)
    messages = [MESSAGES.validate_json(line) for line in out.getvalue().splitlines()]
    return [message for message in messages if isinstance(message, Found)]


def references(problem: Problem, message: Found) -> list[str]:
    return sorted(problem.mentees[place].reference for _, place in message.pairs)


def values(problem: Problem, message: Found) -> list[int]:
    world = World(problem)
    worth = dict(zip(world.names, world.pairs.points.tolist(), strict=True))
    pairs = [(problem.mentors[m].reference, problem.mentees[e].reference) for m, e in message.pairs]
    triples = [(*pair, worth[pair]) for pair in pairs]
    return [value_of(LEVELS[name], problem, world.rules, triples) for name in problem.policy.levels]


def test_an_answer_that_is_better_at_an_earlier_level_takes_its_place() -> None:
    world = World(a_round())
    one, both = an_answer(world, "E1"), an_answer(world, "E1", "E2")
    messages = told(world.problem, ("mentees_matched", one), ("mentees_matched", both))
    assert [references(world.problem, found) for found in messages] == [["E1"], ["E1", "E2"]]
    assert [found.value for found in messages] == [1, 2]


def test_an_answer_that_is_worse_at_a_later_level_is_not_told() -> None:
    world = World(a_round())
    better, worse = an_answer(world, "E1"), an_answer(world, "E2")
    worse = replace(worse, levels=better.levels)
    messages = told(world.problem, ("mentees_matched", better), ("mentees_matched", worse))
    assert [references(world.problem, found) for found in messages] == [["E1"]]


def test_news_of_a_level_is_told_with_the_best_answer_known() -> None:
    world = World(a_round())
    better, worse = an_answer(world, "E1"), an_answer(world, "E2", solved=True)
    first, second = told(world.problem, ("mentees_matched", better), ("points", worse))
    assert all(stand.solved for stand in second.stands)
    assert references(world.problem, second) == references(world.problem, first) == ["E1"]
    assert second.value == 10_000


def test_a_stand_is_told_once() -> None:
    world = World(a_round())
    one, both = an_answer(world, "E1"), an_answer(world, "E1", "E2")
    both = both.with_level(replace(one.levels[0], solved=True), both.pairs)
    both = replace(both, levels=(both.levels[0], *one.levels[1:]))
    first, second = told(world.problem, ("mentees_matched", one), ("mentees_matched", both))
    assert [stand.name for stand in first.stands] == list(LEVELS_HERE)
    assert [stand.name for stand in second.stands] == ["mentees_matched"]


@pytest.mark.parametrize("seed", range(40))
def test_answers_of_a_search_only_get_better(seed: int) -> None:
    """So that whoever stops it has the best that it knew."""
    problem = a_small_round(seed) if seed % 4 else a_mutual_round(seed, people=10)
    answers: list[tuple[str, Answer]] = []
    rules = World(problem).rules
    answer_here(problem, rules, lambda *message: answers.append(message))
    known = [values(problem, found) for found in told(problem, *answers)]
    assert known == sorted(known)


def test_any_message_is_one_line() -> None:
    out = io.StringIO()
    done = Done(versions={"ortools": "9"})
    Teller(out, a_round(), World(a_round()).network).write(done)
    assert MESSAGES.validate_json(out.getvalue()) == done
    assert out.getvalue().endswith("}\n")
