"""Everybody eligible for somebody, told by the rules and by the network alike."""

from __future__ import annotations

from solver.questions.options import Option, options_of
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.forcings import forcing_of
from tests.in_process import solve_here
from tests.strategies import a_small_round


def test_options_are_listed_by_points_with_what_was_made() -> None:
    problem = a_problem(
        a_mentor("M1"),
        a_mentor("M2", offers=("law",)),
        a_mentor("M3", grade="AA"),
        a_mentee("E1", seeks=("law",)),
        policy=a_policy("grade_seniority", expertise_overlap={"weight": 2}),
    )
    rules = choose_rules(problem.policy)
    found = options_of(problem, rules, {("M2", "E1")}, "E1", "mentee")
    assert found == [Option("M2", "E1", 2000, made=True), Option("M1", "E1", 0, made=False)]
    assert [option.partner("mentee") for option in found] == ["M2", "M1"]


def test_the_network_has_the_same_options_at_hand() -> None:
    compared = 0
    for seed in range(40):
        problem = a_small_round(seed)
        rules, result = choose_rules(problem.policy), solve_here(problem)
        forcing = forcing_of(problem, result)
        made = {(pair.mentor, pair.mentee) for pair in result.pairs}
        everybody = [(p.reference, "mentor") for p in problem.mentors]
        everybody += [(p.reference, "mentee") for p in problem.mentees]
        for reference, role in everybody if forcing else ():
            asked = options_of(problem, rules, made, reference, role)
            assert options_of(problem, rules, made, reference, role, forcing) == asked
            compared += len(asked)
    assert compared > 100
