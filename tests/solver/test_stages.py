"""Searching for a level's best value, and what is said when time runs out on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.domain.problem import Problem
from models.domain.result import LevelResult, MatchResult
from solver.best_known import BestKnown
from solver.fairness.max_floor import MaxFloor
from solver.groundwork import Groundwork
from solver.judge.verify import verify_result
from solver.modes import searched_mode
from solver.report import RunFacts, report
from solver.rulebook import choose_rules
from solver.searches import Enough, Searched
from solver.stages import StagedSolve, Stages
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import SearchesHere

WORDS = tuple("abcdefgh")


class SearchesUntil(SearchesHere):
    """Searches so many times; then the time is over. It remembers what it was told."""

    def __init__(self, most: int = 99) -> None:
        self.left = most
        self.asked: list[Problem] = []
        self.told: list[tuple[str | None, dict[str, int]]] = []

    def __call__(
        self,
        problem: Problem,
        share: float = 1.0,
        enough: Enough | None = None,
        prepare: Callable[[], Groundwork] | None = None,
    ) -> Searched:
        if self.left == 0:
            return Searched(BestKnown(problem), {}, "time_limit")
        self.left -= 1
        self.asked.append(problem)
        return super().__call__(problem, share, enough, prepare)

    def has_time(self, share: float = 1.0) -> bool:
        return self.left > 0

    def tell(self, stage: str, level: str | None = None, **figures: int) -> None:
        self.told.append((level, figures))


def a_ladder_of_pairs(**rules: dict[str, object]) -> Problem:
    """Eight words are sought by everybody; mentor n offers the first n: the pairs have many
    different points, and the best floor is that of the mentor who offers least."""
    mentors = (a_mentor(f"M{n}", offers=WORDS[:n]) for n in range(2, 6))
    mentees = (a_mentee(f"E{n}", seeks=(*WORDS[n:], *WORDS[:n])) for n in range(4))
    policy = a_policy(
        "grade_seniority", expertise_overlap={"weight": 36}, fairness=MaxFloor(), **rules
    )
    return a_problem(*mentors, *mentees, policy=policy)


def staged(problem: Problem, search: SearchesHere) -> Stages:
    mode = searched_mode(problem.policy)
    assert mode is not None
    return StagedSolve(problem, choose_rules(problem.policy), mode, search).run()


def told(problem: Problem, found: Stages) -> MatchResult:
    facts = RunFacts(stopped_by=found.stopped_by)
    result = report(problem, choose_rules(problem.policy), found.pairs, found.claims, facts)
    assert verify_result(problem, result).accepted
    return result


def worst(result: MatchResult) -> LevelResult:
    (level,) = (level for level in result.levels if level.name == "worst_points")
    return level


def test_what_is_left_is_halved_until_nothing_is() -> None:
    problem, search = a_ladder_of_pairs(), SearchesUntil()
    result = told(problem, staged(problem, search))
    assert worst(result).proof == "certified"
    values = [figures["value"] for _, figures in search.told]
    bounds = [figures["bound"] for _, figures in search.told]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    # The first search, one for each value that was tried, and the last.
    assert len(search.asked) == len(search.told) + 2
    steps = MaxFloor().steps(problem, choose_rules(problem.policy), {})
    assert len(search.told) <= len(steps).bit_length()


def test_only_the_last_search_is_for_points() -> None:
    search = SearchesUntil()
    staged(a_ladder_of_pairs(), search)
    *attempts, last = search.asked
    assert {asked.policy.levels for asked in attempts} == {("mentees_matched", "lottery")}
    assert last.policy.levels == ("mentees_matched", "points", "lottery")


@pytest.mark.parametrize("searches", [1, 2, 3, 4])
def test_when_time_runs_out_the_best_value_in_hand_is_told_with_what_is_not_excluded(
    searches: int,
) -> None:
    problem = a_ladder_of_pairs()
    best = worst(told(problem, staged(problem, SearchesUntil())))
    found = staged(problem, SearchesUntil(searches))
    assert found.stopped_by == "time_limit"
    result = told(problem, found)
    level = worst(result)
    assert level.value <= best.value <= level.bound
    assert level.proved is (level.value == level.bound)
    assert result.levels[0].proof == "certified"
    assert result.run.solve_status == "feasible"


def test_without_any_search_a_greedy_answer_is_in_hand() -> None:
    problem = a_ladder_of_pairs()
    found = staged(problem, SearchesUntil(0))
    assert not found.told
    result = told(problem, found)
    assert result.assignments
    assert not worst(result).proved


def test_a_round_that_nothing_can_solve_has_a_conflict() -> None:
    """Everybody is to be matched, and there are fewer places."""
    problem = a_problem(
        a_mentor(),
        *(a_mentee(f"E{n}", department="HMRC") for n in range(2)),
        policy=a_policy(coverage_floor={"by": "department", "percent": 100}, fairness=MaxFloor()),
    )
    found = staged(problem, SearchesUntil()).conflict
    assert found is not None
    assert found.rules == ("coverage_floor",)


def test_where_no_pairs_at_all_keep_a_higher_floor_the_engines_word_stands() -> None:
    """One of HMRC has to be matched, and no pair of theirs is worth more than nothing."""
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2", department="HMRC"),
        policy=a_policy(
            coverage_floor={"by": "department", "percent": 100},
            expertise_overlap={"weight": 1},
            fairness=MaxFloor(),
        ),
    )
    level = worst(told(problem, staged(problem, SearchesUntil())))
    assert (level.value, level.bound, level.proof) == (0, 0, "engine:cp-sat and highs")
    assert level.certified_bound == 1_000
