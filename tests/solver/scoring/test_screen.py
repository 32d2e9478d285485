"""That nothing is missed is in `tests/properties/test_screening.py`."""

from __future__ import annotations

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.rulebook import choose_rules
from solver.scoring import screen as screens
from solver.scoring.candidates import CandidatePairs, joined
from solver.scoring.screen import Screen
from solver.scoring.threshold import Threshold
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def a_round(pins: tuple[tuple[str, str], ...] = ()) -> Problem:
    return a_problem(
        a_mentor("M1", offers=("law",)),
        *(a_mentor(f"M{n}") for n in range(2, 6)),
        *(a_mentee(f"E{n}", seeks=("law",)) for n in range(3)),
        policy=a_policy(expertise_overlap={"weight": 9}),
        pins=pins,
    )


def a_screen(problem: Problem) -> Screen:
    return Screen(problem, choose_rules(problem.policy))


def worth(problem: Problem, points: float) -> Threshold:
    """Asks for all pairs of so many points."""
    return Threshold(np.full(len(problem.mentors), points), np.zeros(len(problem.mentees)))


def names(problem: Problem, pairs: CandidatePairs) -> list[tuple[str, str]]:
    return sorted(
        (problem.mentors[m].reference, problem.mentees[e].reference)
        for m, e in zip(pairs.mentors, pairs.mentees, strict=True)
    )


@pytest.mark.parametrize(("points", "found"), [(9_001, 0), (9_000, 3), (1, 3), (0, 15)])
def test_only_pairs_near_the_threshold_are_put_to_the_rules(points: int, found: int) -> None:
    problem = a_round()
    assert len(joined(*a_screen(problem).reaching(worth(problem, points)))) == found


def test_a_pair_is_found_where_it_reaches_any_of_the_thresholds() -> None:
    problem = a_round()
    either = worth(problem, 9_000), worth(problem, 20_000)
    assert len(joined(*a_screen(problem).reaching(*either))) == 3


def test_a_pin_is_always_found_and_only_once() -> None:
    problem = a_round(pins=(("M3", "E1"),))
    screen = a_screen(problem)
    assert names(problem, joined(*screen.reaching(worth(problem, 10_000)))) == [("M3", "E1")]
    assert len(joined(*screen.reaching(worth(problem, 0)))) == 15


def test_what_is_found_comes_in_lists_of_bounded_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "FOUND_IN_A_BLOCK", 1)
    grades = {"E1": "AA", "E2": "AO", "E3": "SCS1"}
    mentees = (a_mentee(name, grade=grade) for name, grade in grades.items())
    mentors = (a_mentor(f"M{n}", grade="SEO") for n in range(3))
    problem = a_problem(*mentors, *mentees, policy=a_policy("grade_seniority"))
    found = [len(block) for block in a_screen(problem).reaching(worth(problem, 0))]
    assert [size for size in found if size] == [1] * 6


def test_options_are_counted_where_rules_ask_for_points() -> None:
    problem = a_round()
    policy = a_policy(expertise_overlap={"weight": 9}, quality_floor={"points": 5})
    problem = problem.model_copy(update={"policy": policy})
    everybody = np.ones(5, dtype=np.bool_), np.ones(3, dtype=np.bool_)
    mentors, mentees = a_screen(problem).options(*everybody)
    assert sorted(mentors.tolist()) == [0, 0, 0, 0, 3]
    assert mentees.tolist() == [1, 1, 1]


def test_no_pair_has_more_than_the_most_points() -> None:
    assert a_screen(a_round()).most_points == 9_000
