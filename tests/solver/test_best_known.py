from __future__ import annotations

import pytest

from benchmarks.time_limits import a_problem as a_round_to_limit
from benchmarks.time_limits import greedy_values
from models.domain.certificate import Prices
from models.domain.incumbent import Incumbent, Standing
from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.best_known import BestKnown
from solver.judge.audit import audit
from solver.judge.claims import Claim
from solver.report import RunFacts, report
from solver.rulebook import choose_rules
from solver.scoring.screen import Screen
from solver.search.messages import Found, Stand
from tests.builders import a_mentee, a_mentor, a_problem
from tests.exhaustive import best_answer
from tests.strategies import a_small_round

LEVELS = ("mentees_matched", "points", "lottery")


def a_round() -> Problem:
    return a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"), tie_salt="a salt")


def found(problem: Problem, mentee: str, *stands: Stand, value: int = 1) -> Found:
    place = [person.reference for person in problem.mentees].index(mentee)
    return Found(level="mentees_matched", value=value, pairs=[(0, place)], stands=list(stands))


def a_stand(name: str, bound: int = 2, engine: str | None = None) -> Stand:
    return Stand(name=name, prices=Prices(mentors={"M1": bound}), bound=bound, engine=engine)


def test_the_last_answer_told_is_the_one_in_hand() -> None:
    problem = a_round()
    best = BestKnown(problem)
    best.take(found(problem, "E1", *(a_stand(name) for name in LEVELS)))
    best.take(found(problem, "E2"))
    assert best.pairs == [Pair(mentor="M1", mentee="E2")]


def test_a_stand_holds_until_a_newer_one_of_its_level_is_told() -> None:
    problem = a_round()
    best = BestKnown(problem)
    best.take(found(problem, "E1", *(a_stand(name) for name in LEVELS)))
    best.take(found(problem, "E1", a_stand("points", bound=1, engine="cp-sat")))
    assert best.claims == [
        Claim(name="mentees_matched", prices=Prices(mentors={"M1": 2})),
        Claim(name="points", prices=Prices(mentors={"M1": 1}), engine="cp-sat"),
        Claim(name="lottery", prices=Prices(mentors={"M1": 2})),
    ]


def test_progress_tells_value_bound_and_gap_of_the_level_being_solved() -> None:
    problem = a_round()
    best = BestKnown(problem)
    message = found(problem, "E1", *(a_stand(name, bound=4) for name in LEVELS))
    best.take(message)
    progress = best.progress(message, elapsed=1.5)
    assert (progress.level, progress.value, progress.bound) == ("mentees_matched", 1, 4)
    assert (progress.gap, progress.elapsed) == (3, 1.5)


def test_it_says_whether_the_search_told_anything() -> None:
    problem = a_round()
    best = BestKnown(problem)
    assert not best.is_told
    best.take(found(problem, "E2", *(a_stand(name) for name in LEVELS)))
    assert best.is_told


@pytest.mark.parametrize("seed", range(60))
def test_where_nothing_was_told_a_greedy_answer_has_true_bounds(seed: int) -> None:
    """No child has run at all: the answer keeps every hard rule, and no bound is too low."""
    problem = a_small_round(seed)
    rules = choose_rules(problem.policy)
    best = BestKnown(problem)
    best.fall_back(rules, Screen(problem, rules))
    result = report(problem, rules, best.pairs, best.claims, RunFacts(stopped_by="crashed"))
    optimum = best_answer(problem)
    assert optimum is not None
    for level, value in zip(result.levels, optimum.values, strict=True):
        assert level.bound >= max(value, level.value)


@pytest.mark.parametrize("size", [(20, 30), (215, 285)])
@pytest.mark.parametrize("side_rules", [False, True])
def test_where_nothing_was_told_the_answer_is_no_worse_than_a_plain_greedy_one(
    size: tuple[int, int], side_rules: bool
) -> None:
    problem = a_round_to_limit(size, 1, side_rules)
    rules, best = choose_rules(problem.policy), BestKnown(problem)
    best.fall_back(rules, Screen(problem, rules))
    values = audit(problem, rules, best.pairs).values
    assert tuple(values[name] for name in problem.policy.levels) >= greedy_values(problem)


def an_incumbent(problem: Problem, mentee: str, *values: int, bound: int = 2) -> Incumbent:
    """What an earlier search of the problem has told."""
    place = [person.reference for person in problem.mentees].index(mentee)
    levels = [
        Standing(name=name, value=value, bound=bound, prices=Prices(mentors={"M1": bound}))
        for name, value in zip(LEVELS, values, strict=True)
    ]
    return Incumbent(pairs=((0, place),), levels=tuple(levels))


@pytest.mark.parametrize(
    ("values", "kept"),
    [((1, 9, 0), "E1"), ((1, 8, 5), "E1"), ((1, 7, 9), "E2"), ((0, 99, 99), "E2")],
)
def test_what_an_earlier_search_told_stands_until_something_as_good_is_told(
    values: tuple[int, int, int], kept: str
) -> None:
    """Compared level by level, as everything else."""
    problem = a_round()
    best = BestKnown(problem, an_incumbent(problem, "E1", *values))
    assert best.is_told
    best.take(found(problem, "E2").model_copy(update={"values": (1, 8, 4)}))
    assert [pair.mentee for pair in best.pairs] == [kept]
    assert best.incumbent.values == max(values, (1, 8, 4))


def test_a_search_that_is_through_knows_better_than_any_before_it() -> None:
    """Another version of the rules may have counted the earlier one's points."""
    problem = a_round()
    best = BestKnown(problem, an_incumbent(problem, "E1", 1, 99, 0))
    best.take(found(problem, "E2").model_copy(update={"values": (1, 8, 4)}))
    best.settle()
    assert [pair.mentee for pair in best.pairs] == ["E2"]
    assert best.incumbent.values == (1, 8, 4)


def test_a_bound_that_was_known_to_be_sharper_is_kept() -> None:
    problem = a_round()
    best = BestKnown(problem, an_incumbent(problem, "E1", 1, 9, 0, bound=5))
    best.take(found(problem, "E1", a_stand("points", bound=6), a_stand("lottery", bound=4)))
    assert [level.bound for level in best.incumbent.levels] == [5, 5, 4]
    best.take(found(problem, "E1", a_stand("points", bound=7, engine="highs")))
    assert [claim.engine for claim in best.claims] == [None, "highs", None]


def test_an_incumbent_is_what_the_next_search_begins_with() -> None:
    problem = a_round()
    known = an_incumbent(problem, "E1", 1, 9, 0)
    assert BestKnown(problem, known).incumbent == known
