"""Why a pair was made: margins, what forced it, and what somebody did not get."""

from __future__ import annotations

from models.domain.problem import Problem
from models.domain.why import WhyPair
from solver.questions.asking import Questions
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here
from tests.solver.questions.rounds import two_and_two


def why(problem: Problem, mentor: str, mentee: str) -> WhyPair:
    told = Questions(problem, solve_here(problem), 60.0).why(mentor, mentee)
    assert told is not None, "the two are not paired"
    return told


def test_a_pair_that_was_not_made_has_no_reasons() -> None:
    problem = two_and_two()
    questions = Questions(problem, solve_here(problem))
    assert questions.why("M1", "E2") is None
    assert questions.why("nobody", "E2") is None


def test_the_margin_is_what_the_mentees_cheapest_other_option_would_lose() -> None:
    """With E1 at M2 and E2 at M1 the pairs are worth 40 points in place of 53.32."""
    told = why(two_and_two(), "M1", "E1")
    assert (told.margin, told.closest) == (13_320, "M2")
    assert (told.mentee_options, told.mentor_options) == (2, 2)
    assert told.forced_by is None


def test_a_tie_has_a_margin_of_nothing_and_is_told_with_its_chain() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"))
    (made,) = solve_here(problem).assignments
    told = why(problem, made.mentor, "E1")
    other = {"M1": "M2", "M2": "M1"}[made.mentor]
    assert (told.margin, told.closest) == (0, other)
    (tie,) = told.tied_alternatives.tied
    assert (tie.mentor, tie.mentee) == (other, "E1")
    assert [(m.reference, m.before, m.after) for m in tie.change.moves] == [
        ("E1", (made.mentor,), (other,))
    ]


def test_an_option_that_leaves_somebody_with_nobody_is_no_margin() -> None:
    """E1 could have M2, but E2 may have nobody else."""
    problem = a_problem(
        a_mentor("M1", regions=("Wales",)),
        a_mentor("M2", regions=("Wales", "London")),
        a_mentee("E1", regions=("Wales",)),
        a_mentee("E2", regions=("London",)),
        policy=a_policy("travel_region"),
    )
    told = why(problem, "M1", "E1")
    assert (told.margin, told.margin_known, told.closest) == (None, True, None)


def test_a_pin_comes_before_every_other_force() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), pins=[("M1", "E1")])
    told = why(problem, "M1", "E1")
    assert told.forced_by == "pin"
    assert told.only_option_of == ("mentee", "mentor")


def test_the_only_option_of_either_side_is_said_to_be_one() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"))
    made = solve_here(problem).assignments[0]
    told = why(problem, "M1", made.mentee)
    assert (told.forced_by, told.only_option_of) == ("only_option", ("mentee",))


def test_a_least_number_that_others_could_reach_forces_nobody() -> None:
    """M3 has one place, so one pair of Tax is made; either of its two mentors would do."""
    problem = a_problem(
        a_mentor("M1", department="Tax"),
        a_mentor("M2", department="Tax"),
        a_mentor("M3", offers=("law",)),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2", seeks=("law",)),
        policy=a_policy(
            department_quota={"mentors": {"Tax": {"least": 1}}}, expertise_overlap={"weight": 1}
        ),
    )
    made = next(a for a in solve_here(problem).assignments if a.mentor != "M3")
    told = why(problem, made.mentor, made.mentee)
    assert told.needed_for == ("the mentors of Tax have no pairs and should have at least 1",)
    assert told.forced_by is None


def test_where_all_of_a_departments_places_are_needed_the_quota_forces_each_pair() -> None:
    """Two mentors of Tax, two pairs at least; but both mentees could have had M3."""
    problem = a_problem(
        a_mentor("M1", department="Tax", regions=("Wales",)),
        a_mentor("M2", department="Tax", regions=("Wales", "London")),
        a_mentor("M3", regions=("Wales", "London")),
        a_mentee("E1", regions=("Wales", "London")),
        a_mentee("E2", regions=("London",)),
        policy=a_policy("travel_region", department_quota={"mentors": {"Tax": {"least": 2}}}),
    )
    told = why(problem, "M2", "E2")
    assert told.forced_by == "quota"
    assert told.needed_for == ("the mentors of Tax have 1 pair and should have at least 2",)


def test_who_did_not_get_their_best_option_is_told_what_used_it() -> None:
    told = why(two_and_two(), "M2", "E2")
    better = told.mentees_better
    assert better is not None
    assert (better.partner, better.points, better.free) == ("M1", 40_000, 0)
    assert [(held.partner, held.points) for held in better.held_by] == [("E1", 40_000)]
    assert better.answer.change is not None
    assert better.answer.change.losses == {"mentees_matched": 0, "points": 13_320}
    assert told.mentors_better is None, "E2 is the better of M2's two options"


def test_who_has_their_best_option_lacks_nothing() -> None:
    told = why(two_and_two(), "M1", "E1")
    assert (told.mentees_better, told.mentors_better) == (None, None)
