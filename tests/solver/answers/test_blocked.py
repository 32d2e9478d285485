"""Who is kept from every eligible partner: by pins, or by a limit that leaves no room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult, Unmatched
from solver.judge.facts import refusals
from solver.rulebook import choose_rules
from solver.search.first_answer import NoAnswerError
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.in_process import solve_here
from tests.limited_rounds import a_limited_round
from tests.strategies import a_small_round


def left(problem: Problem) -> dict[tuple[str, str], Unmatched]:
    result = solve_here(problem)
    return {(one.role, one.reference): one for one in (*result.unmatched, *result.short)}


def test_a_mentee_whose_only_mentor_is_pinned_away() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"), pins=[("M1", "E1")])
    one = left(problem)["mentee", "E2"]
    assert one.reason == "eligible_but_pinned"
    assert one.because == "1 eligible mentor, whose places are all pinned to others"


def test_a_mentor_all_of_whose_mentees_are_pinned_away() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), pins=[("M1", "E1")])
    assert left(problem)["mentor", "M2"].reason == "eligible_but_pinned"


def test_one_free_partner_is_enough_for_another_reason() -> None:
    """M2 is pinned to nobody, and E1 and E2 both want them."""
    problem = a_problem(
        *(a_mentor("M1"), a_mentor("M2")),
        *(a_mentee("E1"), a_mentee("E2"), a_mentee("E3")),
        pins=[("M1", "E1")],
    )
    reasons = {one.reason for key, one in left(problem).items() if key[0] == "mentee"}
    assert reasons == {"contention"}


def test_a_full_quota_is_named() -> None:
    problem = a_problem(
        a_mentor("M1"),
        a_mentor("M2"),
        a_mentee("E1", department="Tax"),
        a_mentee("E2", department="Tax"),
        policy=a_policy(department_quota={"mentees": {"Tax": {"most": 1}}}),
    )
    (one,) = (one for one in left(problem).values() if one.role == "mentee")
    assert one.reason == "quota"
    assert one.because == (
        "2 eligible mentors, but with one pair more the mentees of Tax have 2 pairs and may have 1"
    )


def test_somebody_whose_only_mentor_is_their_own_mentee_hears_so() -> None:
    problem = a_problem(a_person("P1"), a_person("P2"), policy=a_policy("one_direction"))
    mentee = next(one for one in left(problem).values() if one.role == "mentee")
    assert mentee.reason == "quota"
    assert mentee.because.endswith("but with one pair more P1 and P2 mentor each other")


def test_a_floor_that_takes_everybody_is_a_reason_of_its_own() -> None:
    policy = a_policy(
        "grade_seniority", quality_floor={"points": 1}, expertise_overlap={"weight": 1}
    )
    problem = a_problem(a_mentor("M1"), a_mentor("M2", grade="AA"), a_mentee("E1"), policy=policy)
    found = left(problem)
    assert found["mentee", "E1"].reason == "below_quality_floor"
    assert found["mentor", "M1"].reason == "below_quality_floor"
    assert found["mentor", "M2"].reason == "no_eligible_mentee"


def solved(seeds: range) -> Iterator[tuple[Problem, MatchResult]]:
    for seed in seeds:
        for problem in (a_small_round(seed), a_limited_round(seed, most_people=5)):
            try:
                yield problem, solve_here(problem)
            except NoAnswerError:
                continue


def reason(problem: Problem, result: MatchResult, one: Unmatched) -> str:
    """The first reason that applies, by plain Python, one pair after another."""
    rules, people = choose_rules(problem.policy), problem.by_reference
    others = problem.mentees if one.role == "mentor" else problem.mentors
    other = "mentee" if one.role == "mentor" else "mentor"
    further, floored = [], []
    for them in others:
        mentor, mentee = (
            (people[one.reference], them) if one.role == "mentor" else (them, people[one.reference])
        )
        pair = Pair(mentor=mentor.reference, mentee=mentee.reference)
        refused = {name for name, _ in refusals(problem, rules, mentor, mentee)}
        if pair in result.pairs:
            continue
        if not refused:
            further.append((them, pair))
        elif refused <= {floor.name for floor in rules.floors}:
            floored.append(pair)
    if not further:
        return "below_quality_floor" if floored else f"no_eligible_{other}"
    pins = Counter(getattr(pin, other) for pin in problem.pins)
    room = {
        them.reference: them.mentoring.capacity if other == "mentor" else them.learning.wants
        for them, _ in further
    }
    if all(pins[name] >= places for name, places in room.items()):
        return "eligible_but_pinned"
    limits = [rule for rule in rules.constraints if rule.limit(problem).shape == "group"]
    if all(
        any(rule.breaches(problem, [*result.pairs, pair]) for rule in limits) for _, pair in further
    ):
        return "quota"
    return "contention" if result.run.solve_status == "optimal" else "time_limit"


def assert_first_reasons(seeds: range) -> Counter[str]:
    told: Counter[str] = Counter()
    for problem, result in solved(seeds):
        for one in (*result.unmatched, *result.short):
            assert one.reason == reason(problem, result, one), (problem, one)
            told[one.reason] += 1
    return told


def test_the_first_reason_that_applies_is_told() -> None:
    told = assert_first_reasons(range(60))
    assert told["quota"] > 10
    assert told["eligible_but_pinned"] > 10
    assert told["below_quality_floor"] > 1


@pytest.mark.slow
@pytest.mark.parametrize("first", range(60, 1_060, 100))
def test_the_first_reason_that_applies_is_told_in_many_rounds(first: int) -> None:
    assert sum(assert_first_reasons(range(first, first + 100)).values()) > 100
