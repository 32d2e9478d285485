from __future__ import annotations

import pytest

from models.domain.problem import Problem
from models.domain.result import Collision
from solver.fairness.stable import Stable
from solver.modes import under_mode
from solver.relaxation.answer import Answer
from solver.search.clock import Clock
from solver.search.first_answer import NoAnswerError
from solver.search.stability import stable_round
from solver.search.under_mode import find_under_mode
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.exhaustive_fairness import blocking
from tests.in_process import answer_here
from tests.tied_rounds import a_tied_round
from tests.worlds import World


def a_hard_round() -> Problem:
    """A round whose best answer is not stable, so that there is something to search for."""
    found = (_under_stable(a_tied_round(seed)) for seed in range(100))
    return next(problem for problem in found if not problem.pins and _open(problem))


def test_what_is_told_is_stable_from_the_first_answer_on() -> None:
    for seed in range(40):
        problem = _under_stable(a_tied_round(seed))
        if problem.pins:
            continue
        told, last = _told(problem, 60.0)
        assert told
        for answer in (*told, last):
            made = tuple(World(problem).made(_mask(problem, answer)))
            assert not blocking(problem, made, 0), seed


def test_out_of_time_the_greedy_answer_stands_and_nothing_is_proved() -> None:
    problem = a_hard_round()
    _, answer = _told(problem, 0.0)
    assert not blocking(problem, tuple(World(problem).made(_mask(problem, answer))), 0)
    assert not any(stand.solved for stand in answer.levels)


def test_several_ways_of_searching_find_the_same_values(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = a_hard_round()
    _, alone = _told(problem, 60.0)
    monkeypatch.setattr(stable_round, "MANY_UNDECIDED", -1)
    _, in_turns = _told(problem, 60.0)
    assert [s.bound for s in in_turns.levels] == [s.bound for s in alone.levels]
    assert all(stand.solved for stand in in_turns.levels)


def test_without_the_mode_pairs_may_block() -> None:
    problem = a_hard_round()
    plain = problem.changed(policy=problem.policy.model_copy(update={"fairness": None}))
    answer = answer_here(plain, World(plain).rules, lambda level, so_far: None)
    assert blocking(plain, tuple(World(plain).made(_mask(plain, answer))), 0)


def test_numbers_too_large_for_cp_sat_leave_a_level_open(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = a_hard_round()
    monkeypatch.setattr("solver.search.draft.MOST_IN_A_CONSTRAINT", 500)
    _, answer = _told(problem, 60.0)
    assert [stand.solved for stand in answer.levels][-1] is False


def test_a_pin_that_is_blocked_is_a_conflict_where_that_can_be_decided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """M1 is pinned to a mentee who is worth less than one who is free."""
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2"),
        policy=a_policy(expertise_overlap={"weight": 1}, fairness=Stable()),
        pins=[("M1", "E2")],
    )
    with pytest.raises(NoAnswerError) as decided:
        _told(problem, 60.0)
    assert decided.value.conflict == Collision(rules=("stable",), pins=problem.pins)
    monkeypatch.setattr("solver.search.draft.MOST_IN_THE_OBJECTIVE", 0)
    with pytest.raises(NoAnswerError) as left_open:
        _told(problem, 60.0)
    assert left_open.value.conflict is None


def _open(problem: Problem) -> bool:
    return any(stand.engine for stand in _told(problem, 60.0)[1].levels)


def _under_stable(problem: Problem) -> Problem:
    return problem.changed(policy=under_mode(problem.policy, Stable()))


def _told(problem: Problem, seconds: float) -> tuple[list[Answer], Answer]:
    told: list[Answer] = []
    world = World(problem)

    def on_answer(level: str, answer: Answer) -> None:
        told.append(answer)

    last = find_under_mode(problem, world.rules, world.network, Clock(seconds), on_answer)
    return told, last


def _mask(problem: Problem, answer: Answer):
    world = World(problem)
    mentors, mentees = problem.mentors, problem.mentees
    return world.standing(
        *(
            (mentors[m].reference, mentees[e].reference)
            for m, e in zip(answer.pairs.mentors, answer.pairs.mentees, strict=True)
        )
    )
