from __future__ import annotations

from solver.questions.competing import FEW, Competing
from solver.questions.side import Side
from tests.builders import a_mentee, a_mentor, a_problem
from tests.forcings import forcing_of
from tests.in_process import solve_here


def test_whoever_holds_a_place_within_reach_competes() -> None:
    """Whoever of E1 to E3 is left over competes with the other two, and by M3 with E4."""
    problem = a_problem(
        *(a_mentor("M1"), a_mentor("M2"), a_mentor("M3", grade="SCS4")),
        *(a_mentee("E1"), a_mentee("E2"), a_mentee("E3"), a_mentee("E4", grade="SCS3")),
    )
    forcing = forcing_of(problem, solve_here(problem))
    assert forcing is not None
    side = Side(forcing, "mentee")
    everybody = {person.reference for person in problem.mentees}
    left = next(name for name in ("E1", "E2", "E3") if name not in forcing.standing.mentors_of)
    found = Competing(side).of(side.place_of[left])
    assert set(found) == everybody - {left}


def test_places_out_of_reach_are_no_part_of_it() -> None:
    problem = a_problem(
        *(a_mentor("M1"), a_mentor("M2", grade="HEO")),
        *(a_mentee("E1", grade="EO"), a_mentee("E2"), a_mentee("E3")),
        pins=[("M2", "E1")],
    )
    forcing = forcing_of(problem, solve_here(problem))
    assert forcing is not None
    side = Side(forcing, "mentee")
    left = next(name for name in ("E2", "E3") if name not in forcing.standing.mentors_of)
    (competitor,) = Competing(side).of(side.place_of[left])
    assert competitor != "E1"


def test_of_many_nobody_is_named() -> None:
    people = [
        *(a_mentor(f"M{n}") for n in range(FEW + 2)),
        *(a_mentee(f"E{n}") for n in range(FEW + 3)),
    ]
    problem = a_problem(*people)
    result = solve_here(problem)
    forcing = forcing_of(problem, result)
    assert forcing is not None
    side = Side(forcing, "mentee")
    (left,) = (one.reference for one in result.unmatched)
    assert Competing(side).of(side.place_of[left]) == ()
