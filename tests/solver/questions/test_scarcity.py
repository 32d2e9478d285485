from __future__ import annotations

from models.domain.leftover import Scarcity, Segment
from models.domain.problem import Problem
from solver.questions.scarcity import scarcity
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.builders import a_mentee, a_mentor, a_problem


def rows(problem: Problem) -> tuple[Scarcity, ...]:
    return scarcity(problem, score_pairs(problem, choose_rules(problem.policy)))


def test_places_open_to_a_segment_and_all_who_could_fill_them() -> None:
    """The two at SEO may have both mentors; the one at HEO competes with them, as for M2 alone."""
    problem = a_problem(
        a_mentor("M1", capacity=2),
        a_mentor("M2", grade="SEO"),
        *(a_mentee("E1", home_region="Wales"), a_mentee("E2", home_region="Wales")),
        a_mentee("E3", grade="HEO"),
    )
    assert rows(problem) == (
        Scarcity(
            role="mentee",
            segment=Segment(grade="SEO", region="Wales"),
            people=2,
            places=2,
            eligible=3,
        ),
        Scarcity(role="mentee", segment=Segment(grade="HEO"), people=1, places=3, eligible=3),
        Scarcity(role="mentor", segment=Segment(grade="SEO"), people=1, places=1, eligible=2),
        Scarcity(role="mentor", segment=Segment(grade="Grade 7"), people=1, places=3, eligible=2),
    )


def test_a_segment_without_any_place_comes_first() -> None:
    problem = a_problem(a_mentor(), a_mentee("E1"), a_mentee("E2", grade="SCS4"))
    first, *_ = rows(problem)
    assert (first.segment.grade, first.places, first.eligible) == ("SCS4", 0, 0)
