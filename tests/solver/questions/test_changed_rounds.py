from __future__ import annotations

from solver.questions.changed_rounds import weighable, with_weight, without_pair
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def eligible(problem) -> set[tuple[str, str]]:
    every = score_pairs(problem, choose_rules(problem.policy))
    return {
        (problem.mentors[m].reference, problem.mentees[e].reference)
        for m, e in zip(every.mentors.tolist(), every.mentees.tolist(), strict=True)
    }


def test_without_a_pair_every_other_stays_eligible() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), policy=a_policy())
    assert eligible(without_pair(problem, "M1", "E1")) == {("M2", "E1")}


def test_other_wishes_do_not_begin_to_count_for_it() -> None:
    """The policy heeds no bars, so E1's wish and the planner's bar count no more than before."""
    people = (a_mentor("M1"), a_mentor("M2"), a_mentor("M3"), a_mentee("E1", avoids=("M2",)))
    problem = a_problem(*people, policy=a_policy(), bars=[("M3", "E1")])
    assert eligible(without_pair(problem, "M1", "E1")) == {("M2", "E1"), ("M3", "E1")}


def test_where_bars_are_heeded_they_go_on_counting() -> None:
    people = (a_mentor("M1"), a_mentor("M2"), a_mentor("M3"), a_mentee("E1", avoids=("M2",)))
    problem = a_problem(*people, policy=a_policy("barred_pairs"))
    assert eligible(without_pair(problem, "M1", "E1")) == {("M3", "E1")}


def test_every_soft_objective_can_be_weighed_and_those_left_out_weigh_nothing() -> None:
    problem = a_problem(policy=a_policy(expertise_overlap={"weight": 7, "ranked": False}))
    found = weighable(problem)
    assert found["expertise_overlap"].model_dump() == {"weight": 7, "ranked": False}
    assert found["balanced_load"].weight == 0


def test_another_weight_keeps_every_other_setting() -> None:
    problem = a_problem(policy=a_policy(expertise_overlap={"weight": 7, "ranked": False}))
    rule = weighable(problem)["expertise_overlap"]
    (changed,) = choose_rules(with_weight(problem, rule, 9).policy).objectives
    assert changed.model_dump() == {"weight": 9, "ranked": False}
    assert choose_rules(with_weight(problem, rule, 0).policy).objectives == ()
