"""Whether there is an answer at all; `tests/properties` hold it to exhaustive search."""

from __future__ import annotations

import numpy as np
import pytest

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Collision
from solver.relaxation.highs import Outcome
from solver.relaxation.outside import Outside
from solver.search import first_answer, search
from solver.search.clock import Clock
from solver.search.first_answer import NoAnswerError, any_answer, check_places
from solver.search.state import SearchState
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.rounds_without_answer import a_round_without_an_answer
from tests.worlds import World


def a_state(world: World) -> SearchState:
    outside = Outside(None)
    return SearchState(
        world.problem, world.rules, world.network, world.groups, world.pairs, outside
    )


def found(problem: Problem, seconds: float = 60.0) -> list[tuple[str, str]]:
    world = World(problem)
    return world.made(any_answer(a_state(world), world.greedy, Clock(seconds)))


def refused(problem: Problem, seconds: float = 60.0) -> Collision | None:
    with pytest.raises(NoAnswerError) as caught:
        found(problem, seconds)
    return caught.value.conflict


def test_the_greedy_answer_is_taken_where_it_keeps_every_limit() -> None:
    """Without any engine: there is no time for one."""
    world = World(a_problem(a_mentor(), a_mentee("E1"), a_mentee("E2")))
    assert found(world.problem, seconds=0.0) == world.made(world.greedy)


def test_an_answer_that_greedy_does_not_see_is_found() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2", department="DfE"),
        policy=a_policy(
            expertise_overlap={"weight": 40},
            department_quota={"mentees": {"DfE": {"least": 1}}},
        ),
    )
    assert found(problem) == [("M1", "E2")]


def test_rules_that_stand_in_nobodys_way_are_in_no_conflict() -> None:
    assert refused(a_round_without_an_answer()) == Collision(
        rules=("coverage_floor", "group_minimum")
    )


def test_pins_are_named_only_where_they_are_part_of_it() -> None:
    people = a_mentor(home_region="Wales"), a_mentee(home_region="London")
    policy = a_policy(share_limit={"cross_region_percent": 0})
    problem = a_problem(*people, policy=policy, pins=[("M1", "E1")])
    pin = Pair(mentor="M1", mentee="E1")
    assert refused(problem) == Collision(rules=("share_limit",), pins=(pin,))


def test_without_time_nothing_is_claimed() -> None:
    assert refused(a_round_without_an_answer(), seconds=0.0) is None


def test_cp_sat_alone_is_not_believed_that_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are open reports of false claims; HiGHS has to say so too."""
    monkeypatch.setattr(first_answer, "solve", lambda *_: Outcome("feasible"))
    assert refused(a_round_without_an_answer()) is None


def test_coefficients_that_cp_sat_is_not_trusted_with_leave_it_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("solver.search.draft.MOST_IN_A_CONSTRAINT", 1)
    monkeypatch.setattr(search, "_solved", lambda *_: pytest.fail("CP-SAT was asked"))
    assert refused(a_round_without_an_answer()) is None


def test_pins_beyond_a_limit_need_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pairs there are: no pair more could mend what the pins break."""
    monkeypatch.setattr(first_answer, "any_of_core", lambda *_: pytest.fail("CP-SAT was asked"))
    people = [a_mentor(capacity=3), *(a_mentee(f"E{n}", team="T1") for n in range(3))]
    pins = [("M1", f"E{n}") for n in range(3)]
    found = refused(a_problem(*people, policy=a_policy("same_team_apart"), pins=pins))
    assert found is not None
    assert found.rules == ("same_team_apart",)
    assert len(found.pins) == 2
    assert found.minimal


def test_pins_beyond_a_mentors_places_are_in_conflict_by_themselves() -> None:
    people = a_mentor(), a_mentee("E1"), a_mentee("E2")
    world = World(a_problem(*people, pins=[("M1", "E1"), ("M1", "E2")]))
    with pytest.raises(NoAnswerError) as caught:
        check_places(world.problem, world.network)
    assert caught.value.conflict == Collision(rules=(), pins=world.problem.pins)


def test_an_answer_that_lacks_a_pin_is_not_taken_for_one() -> None:
    problem = a_problem(a_mentor(), a_mentee("E1"), a_mentee("E2"), pins=[("M1", "E1")])
    world = World(problem)
    nobody = np.zeros(len(world.pairs), dtype=np.bool_)
    standing = any_answer(a_state(world), nobody, Clock(60.0))
    assert world.made(standing) == [("M1", "E1")]
